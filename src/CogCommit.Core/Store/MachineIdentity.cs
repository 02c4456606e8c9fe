namespace CogCommit.Core.Store;

/// <summary>This installation: a random id, bound to the host and the folder it was made on.</summary>
public sealed class MachineIdentity
{
    private MachineIdentity(string machineId, string name)
    {
        MachineId = machineId;
        Name = name;
    }

    public string MachineId { get; }

    public string Name { get; }

    /// <summary>The identity of this installation; made at the first call on this host.</summary>
    public static MachineIdentity Of(StoreFile store) => Of(store, HostFingerprint.Of(store.Home.Root), Environment.MachineName);

    internal static MachineIdentity Of(StoreFile store, string fingerprint, string name)
    {
        using (var reader = store.OpenReader())
        {
            using var command = reader.CreateCommand();
            command.CommandText = "select machine_id, name from this_machine where fingerprint = $fingerprint";
            using var row = command.With("$fingerprint", fingerprint).ExecuteReader();
            if (row.Read())
            {
                return new MachineIdentity(row.GetString(0), row.GetString(1));
            }
        }

        if (store.IsUnchanged)
        {
            return new MachineIdentity("", name);
        }

        return store.Write(transaction =>
        {
            // Another process may have been first: its row stays.
            transaction.Execute("insert into this_machine (fingerprint, machine_id, name) values ($fingerprint, $id, $name) on conflict do nothing",
                ("$fingerprint", fingerprint), ("$id", Guid.NewGuid().ToString("D")), ("$name", name));
            using var row = transaction.Prepare("select machine_id, name from this_machine where fingerprint = $fingerprint")
                .With("$fingerprint", fingerprint).ExecuteReader();
            row.Read();
            return Noted(transaction, new MachineIdentity(row.GetString(0), row.GetString(1)));
        });
    }

    /// <summary>Gives this installation the name that other machines will show.</summary>
    public static MachineIdentity Rename(StoreFile store, string name)
    {
        var machine = Of(store);
        return store.Write(transaction =>
        {
            transaction.Execute("update this_machine set name = $name where machine_id = $id", ("$name", name), ("$id", machine.MachineId));
            return Noted(transaction, new MachineIdentity(machine.MachineId, name));
        });
    }

    private static MachineIdentity Noted(WriteTransaction transaction, MachineIdentity machine)
    {
        transaction.Execute("insert into machines (machine_id, name) values ($id, $name) on conflict do update set name = excluded.name",
            ("$id", machine.MachineId), ("$name", machine.Name));
        return machine;
    }
}
