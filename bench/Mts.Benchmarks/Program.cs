using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Mts.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
