System.Console.WriteLine("tasks: demo, test");
