# Waiting for a condition, and not for a time: dot-source it in BeforeAll.

# Throws after so many seconds: then it will never come.
function Wait-Until([scriptblock] $Condition, [string] $What, [int] $Seconds = 60) {
    $waited = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($waited.Elapsed.TotalSeconds -gt $Seconds) { throw "Not after $Seconds seconds: $What" }
        Start-Sleep -Milliseconds 20
    }
}
