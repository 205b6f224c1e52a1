namespace Mts.Cli.UserStrategies;

/// <summary>The files of a new strategy.</summary>
internal static class StrategyTemplate
{
    /// <param name="programDirectory">Where mts' assemblies lie.</param>
    /// <param name="isLibrary">False for one that checks itself with <c>dotnet run</c>.</param>
    public static string Project(string programDirectory, bool isLibrary) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>{(isLibrary ? "Library" : "Exe")}</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <UseAppHost>false</UseAppHost>
            <!-- No compiler stays behind for so small a project. -->
            <UseSharedCompilation>false</UseSharedCompilation>
            <!-- Where mts' assemblies lie; mts itself says so when it compiles this. -->
            <MtsApp Condition="'$(MtsApp)' == ''">{programDirectory.TrimEnd(Path.DirectorySeparatorChar)}</MtsApp>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="Mts.Core" HintPath="$(MtsApp)/Mts.Core.dll" />
            <Reference Include="Mts.Engine" HintPath="$(MtsApp)/Mts.Engine.dll" />
          </ItemGroup>
        </Project>

        """;

    /// <summary>By file name; <c>Sample</c> becomes the strategy's name.</summary>
    public static IReadOnlyList<(string Name, string Text)> Files(string name, string programDirectory) =>
    [
        ($"{name}.csproj", Project(programDirectory, isLibrary: false)),
        // Settings of folders above have no part in it.
        ("Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>\n  </PropertyGroup>\n</Project>\n"),
        ("Directory.Build.targets", "<Project />\n"),
        ($"{name}Strategy.cs", Read("SampleStrategy.cs", name)),
        ($"{name}Checks.cs", Read("SampleChecks.cs", name)),
        ("README.md", Read("README.md", name)),
    ];

    private static string Read(string file, string name)
    {
        using var stream = typeof(StrategyTemplate).Assembly.GetManifestResourceStream($"Mts.Cli.UserStrategies.Template.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("Sample", name, StringComparison.Ordinal);
    }
}
