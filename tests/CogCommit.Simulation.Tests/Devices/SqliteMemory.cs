using System.Runtime.CompilerServices;

namespace CogCommit.Simulation.Tests.Devices;

/// <summary>
/// SQLite counts its memory under one lock for the whole process, where simulations that run side by side wait for each other:
/// without the count a seed costs about half.
/// </summary>
internal static class SqliteMemory
{
    // https://sqlite.org/c3ref/c_config_covering_index_scan.html
    private const int ConfigMemoryStatus = 9;

    // CA2255: nothing but the start of the process is before the first store, and no test knows which that is.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void CountNothing()
    {
        SQLitePCL.Batteries_V2.Init();
        var answer = SQLitePCL.raw.sqlite3_config(ConfigMemoryStatus, 0);
        if (answer != SQLitePCL.raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite took no configuration: {answer}.");
        }
    }
#pragma warning restore CA2255
}
