using System.Management.Automation;
using Microsoft.Data.Sqlite;
using Polly;
using Polly.Retry;

namespace Rival;

/// <summary>Uses each of its packages, and gives the version of SQLite that answered.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Rival")]
[OutputType(typeof(string))]
public sealed class TestRivalCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        var tries = 0;
        var pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero })
            .Build();
        WriteObject(pipeline.Execute(() => ++tries < 2 ? throw new InvalidOperationException("Once more.") : Ask()));
    }

    private static string Ask()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sqlite_version()";
        return (string)command.ExecuteScalar()!;
    }
}
