#!/usr/bin/env pwsh
# The same tasks as `dotnet run --project build -- <task>`, for people in PowerShell:  ./build.ps1 test
dotnet run --project "$PSScriptRoot/build" -- @args
exit $LASTEXITCODE
