Console.Error.WriteLine("usage: CogCommit.Processes.Child <work>");
return 2;
