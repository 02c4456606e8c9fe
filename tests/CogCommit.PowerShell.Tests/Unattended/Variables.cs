namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>Variables of this process, which are as they were once it is disposed.</summary>
internal sealed class Variables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public string? this[string name]
    {
        set
        {
            _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
