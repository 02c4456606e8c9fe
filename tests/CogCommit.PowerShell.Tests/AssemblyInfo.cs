using Xunit.Sdk;
using Xunit.v3;

// COGCOMMIT_HOME, which says whose machine it is, belongs to the whole process.
[assembly: Parallelization(Mode = ParallelMode.None)]

[assembly: AssemblyFixture(typeof(CogCommit.PowerShell.Tests.Engine.LocalCloud))]
