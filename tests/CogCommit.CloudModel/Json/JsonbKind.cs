namespace CogCommit.CloudModel.Json;

internal enum JsonbKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
