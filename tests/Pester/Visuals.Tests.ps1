# Pictures as people handle them in a real pwsh: files from Get-ChildItem, tables, completion, formats that write objects down.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $script:RenderingBefore = $PSStyle.OutputRendering
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    $PSStyle.OutputRendering = 'PlainText'
    Import-Module $Manifest -Force
    $null = Import-CogCommit "$Root/samples/claude-code"
    $script:Pictures = (New-Item "$TestDrive/pictures" -ItemType Directory).FullName
    # The smallest picture there is, and two more that differ in what follows its end.
    $gif = [byte[]](0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b)
    foreach ($name in 'lamp', 'crane [1]', 'größe') {
        [System.IO.File]::WriteAllBytes("$Pictures/$name.gif", $gif)
        $gif += 0
    }
    Set-Content "$Pictures/notes.txt" 'no picture'
    $script:Commit = Get-CogCommit 47137ff9
    # Those that the transcripts hold.
    $script:Captured = @(Get-CogCommitVisual).Count
    # Here, for what a block leaves in TestDrive goes when it ends, pictures in the home too.
    $script:Added = Get-ChildItem $Pictures | Add-CogCommitVisual -CommitId $Commit.Id -ErrorVariable refused -ErrorAction SilentlyContinue
    $script:Refused = $refused
    Push-Location $Pictures
    $script:Again = Add-CogCommitVisual lamp.gif -CommitId $Commit.Id -Caption 'The lamp'
    Pop-Location
}

AfterAll {
    Remove-Module CogCommit
    $PSStyle.OutputRendering = $RenderingBefore
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'Files from Get-ChildItem' {
    It 'are added, each as it is named, and what is no picture is an error of its own' {
        $Added | Should -BeOfType CogCommit.Visual
        $Added.Count | Should -Be 3
        $Added.MimeType | Select-Object -Unique | Should -Be 'image/gif'
        $Refused.Count | Should -Be 1
        $Refused[0].FullyQualifiedErrorId | Should -BeLike 'NotAPicture,*'
        (Get-CogCommitVisual $Commit.Id).Count | Should -BeGreaterOrEqual 3
    }

    It 'are the same where the location is, with the caption they are given' {
        $Again.Caption | Should -Be 'The lamp'
        $Added.VisualId | Should -Contain $Again.VisualId
    }
}

Describe 'A table of visuals' {
    It 'fits its width, and shows ids that can be typed' {
        $lines = (Get-CogCommitVisual | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ }
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $id = ($lines | Select-Object -Skip 2 -First 1).Trim().Split(' ')[0]
        (Get-CogCommitVisual -VisualId $id).VisualId | Should -BeLike "$id*"
        { Get-CogCommitVisual $id -ErrorAction Stop } | Should -Throw -ExpectedMessage "*Get-CogCommitVisual -VisualId $id*"
    }

    It 'holds no pictures where it is written down' {
        foreach ($text in (Get-CogCommitVisual -Content | ConvertTo-Json -Depth 3), (Get-CogCommitVisual -Content | ConvertTo-Csv | Out-String)) {
            $text.Length | Should -BeLessThan 20000
            $text | Should -Match 'The lamp'
        }
    }
}

Describe 'Ids of visuals' {
    It 'are completed with what they show' {
        $visual = Get-CogCommitVisual | Where-Object Caption -eq 'The lamp'
        $line = "Save-CogCommitVisual . $($visual.VisualId.Substring(0, 6))"
        $offer = (TabExpansion2 $line $line.Length).CompletionMatches | Where-Object CompletionText -eq $visual.VisualId
        $offer.ToolTip | Should -Match 'The lamp'
    }
}

Describe 'Save-CogCommitVisual' {
    It 'writes each into a folder under the ending it has' {
        $folder = (New-Item "$TestDrive/saved" -ItemType Directory).FullName
        $files = Get-CogCommitVisual $Commit.Id | Where-Object MimeType -eq 'image/gif' | Save-CogCommitVisual $folder -PassThru
        $files | Should -BeOfType System.IO.FileInfo
        $files.Extension | Select-Object -Unique | Should -Be '.gif'
        ($files | Get-FileHash).Hash | Sort-Object | Should -Be ((Get-ChildItem $Pictures -Filter *.gif | Get-FileHash).Hash | Sort-Object)
    }

    It 'writes nothing with -WhatIf' {
        $folder = (New-Item "$TestDrive/nothing" -ItemType Directory).FullName
        Get-CogCommitVisual | Save-CogCommitVisual $folder -WhatIf
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }
}

Describe 'Remove-CogCommitVisual' {
    It 'removes what comes down the pipeline, and nothing else' {
        Get-CogCommitVisual | Where-Object MimeType -eq 'image/gif' | Remove-CogCommitVisual -Force
        @(Get-CogCommitVisual).Count | Should -Be $Captured
    }
}
