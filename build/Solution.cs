namespace CogCommit.Build;

internal sealed class Solution(Children children)
{
    public void Build()
    {
        Console.WriteLine("Building CogCommit.sln ...");
        // Nodes that outlive the build would hold whatever pipe our output goes to.
        if (children.Run(Programs.Dotnet, ["build", Repository.PathOf("CogCommit.sln"), "-nologo", "-v", "quiet", "-nodeReuse:false"]) != 0)
        {
            throw new BuildException("The build failed.");
        }
    }
}
