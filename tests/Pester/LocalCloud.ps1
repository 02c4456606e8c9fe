# The local cloud for a test file, as a process of its own: dot-source it in BeforeAll, and in BeforeDiscovery to know whether there is one.

# Its assembly; nothing where it is not built.
function Find-LocalCloud {
    Get-ChildItem "$PSScriptRoot/../../src/CogCommit.LocalCloud/bin" -Recurse -Filter CogCommit.LocalCloud.dll -ErrorAction Ignore | Select-Object -First 1
}

function Start-LocalCloud {
    $dll = Find-LocalCloud
    # PostgreSQL's own user must come through, where root runs this.
    $data = [System.IO.Directory]::CreateTempSubdirectory('cogcommit-cloud-').FullName
    if (-not $IsWindows) { chmod a+x $data }
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]]($dll.FullName, '--data', $data, '--urls', 'http://127.0.0.1:0', '--stop-with-parent'))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    do { $line = $process.StandardOutput.ReadLine() } until ($null -eq $line -or $line.StartsWith('{'))
    $said = $line | ConvertFrom-Json
    [pscustomobject]@{ Process = $process; Data = $data; Url = $said.url; Key = $said.anonKey; Secret = $said.secret }
}

# A sign-in over the wire, as the browser would do it: gives a refresh token.
function New-RefreshToken($Cloud, [string] $User) {
    $verifier = 'v' + [guid]::NewGuid().ToString('N') * 2
    $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::ASCII.GetBytes($verifier))
    $challenge = [Convert]::ToBase64String($hash).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    $form = @{ redirect_to = 'http://127.0.0.1:9/x'; code_challenge = $challenge; user_name = $User; secret = $Cloud.Secret }
    $headers = @{ apikey = $Cloud.Key }
    $answer = Invoke-WebRequest "$($Cloud.Url)/auth/v1/authorize" -Method Post -Body $form -Headers $headers -MaximumRedirection 0 -SkipHttpErrorCheck -ErrorAction Ignore
    $code = [System.Web.HttpUtility]::ParseQueryString(([uri]"$($answer.Headers.Location)").Query)['code']
    $body = @{ auth_code = $code; code_verifier = $verifier } | ConvertTo-Json
    (Invoke-RestMethod "$($Cloud.Url)/auth/v1/token?grant_type=pkce" -Method Post -Body $body -ContentType application/json -Headers $headers).refresh_token
}

# Also once more, where a test has stopped it.
function Stop-LocalCloud($Cloud) {
    $Cloud.Process.StandardInput.Close()
    $Cloud.Process.WaitForExit()
    if (Test-Path $Cloud.Data) { Remove-Item $Cloud.Data -Recurse -Force }
}
