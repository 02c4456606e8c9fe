namespace CogCommit.PowerShell.Tests;
public class ScaffoldTests { [Fact] public void Runs() => Assert.True(true); }
