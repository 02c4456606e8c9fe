namespace CogCommit.LocalCloud.Rest;

/// <summary>The headers by which PostgREST is asked for another schema. Only public is shown.</summary>
internal static class RestProfile
{
    public static ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Request.Headers;
        foreach (var schema in (string?[])[.. headers["Accept-Profile"], .. headers["Content-Profile"]])
        {
            if (schema is not "public")
            {
                throw new RestFault(406, "PGRST106", "Invalid schema: " + schema, null, "Only the following schemas are exposed: public");
            }
        }

        return next(context);
    }
}
