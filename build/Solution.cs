namespace CogCommit.Build;

internal sealed class Solution(Children children)
{
    public void Build()
    {
        Console.WriteLine("Building CogCommit.sln ...");
        if (children.Run(Programs.Dotnet, ["build", Repository.PathOf("CogCommit.sln"), "-nologo", "-v", "quiet"]) != 0)
        {
            throw new BuildException("The build failed.");
        }
    }
}
