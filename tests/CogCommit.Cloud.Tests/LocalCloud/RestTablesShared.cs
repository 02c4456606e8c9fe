namespace CogCommit.Cloud.Tests.LocalCloud;

[CollectionDefinition("rest tables")]
public sealed class RestTablesShared : ICollectionFixture<RestTables>;
