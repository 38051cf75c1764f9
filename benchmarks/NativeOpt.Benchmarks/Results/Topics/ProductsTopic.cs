using System.Globalization;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>Matrix products of dense layers beside other libraries.</summary>
internal static class ProductsTopic
{
    private const string Own = "NativeOpt";
    private const double SmallBatch = 64, Goal = 0.85;

    /// <summary>One thread, and all.</summary>
    private static readonly string[] Files = ["products-1", "products-all"];

    /// <summary>Other forms of this library, which are no peers.</summary>
    private static readonly string[] Forms = [Own, "own kernels", "through OpenBLAS"];

    /// <summary>One product as every library computed it.</summary>
    private sealed record Product(CsvRow[] Rows)
    {
        public double Batch => Rows[0].Number("batch");
        public double Peak => Rows[0].Number("peak");
        public string Name => $"{Rows[0]["batch"]} x {Rows[0]["in"]} x {Rows[0]["out"]}, {Rows[0]["product"]}";
        public double Rate(string library) => Rows.FirstOrDefault(row => row["library"] == library)?.Number("GFLOP/s") ?? double.NaN;
        public double BestPeer => Rows.Where(row => !Forms.Contains(row["library"])).Select(row => row.Number("GFLOP/s"))
            .DefaultIfEmpty(double.NaN).Max();
    }

    public static Topic Read(string folder)
    {
        CsvRow[] rows = [.. Files.SelectMany(name => CsvTable.Read(folder, name))];
        var sections = new List<Section>();
        var panels = new List<Panel>();
        foreach (IGrouping<string, CsvRow> threads in rows.GroupBy(row => row["threads"]))
        {
            Product[] products = [.. threads.GroupBy(row => (row["batch"], row["in"], row["out"], row["product"]))
                .Select(group => new Product([.. group]))];
            sections.Add(Summary(threads.Key, products));
            sections.Add(Rates(threads.Key, products));
            panels.Add(Shares(threads.Key, products));
        }
        return new Topic("products", "Matrix products of dense layers", sections, panels);
    }

    private static Section Summary(string threads, Product[] products)
    {
        string[] Line(string what, IEnumerable<Product> some, Func<Product, double> other)
        {
            (string Name, double Ratio)[] ratios =
                [.. some.Select(p => (p.Name, Ratio: p.Rate(Own) / other(p))).Where(p => double.IsFinite(p.Ratio))];
            if (ratios.Length == 0)
                return [];
            (string name, double least) = ratios.MinBy(p => p.Ratio);
            return [what, $"{ratios.Length}", F2(Figures.GeometricMean(ratios.Select(p => p.Ratio))), $"{F2(least)} ({name})",
                $"{ratios.Count(p => p.Ratio < Goal)}"];
        }
        string[][] lines =
        [
            Line("best peer", products, p => p.BestPeer),
            .. products[0].Rows.Select(row => row["library"]).Concat(["libxsmm"]).Distinct().Except(Forms)
                .Select(library => Line(library, products, p => p.Rate(library))),
            Line("OpenBLAS, batch up to 64", products.Where(p => p.Batch <= SmallBatch), p => p.Rate("OpenBLAS")),
            Line("FMA peak", products, p => p.Peak),
        ];
        return new Section($"In short, {Figures.Threads(threads)}",
            "Rates of NativeOpt over those of others, over all products of the table below. The least ratio is that of one product on a "
            + "shared machine: see its spread before believing it." + (threads == "1" ? "" : PauseNote),
            MarkdownTable.Write(["NativeOpt over", "products", "geometric mean", "least", "below 0.85"],
                [.. lines.Where(line => line.Length > 0)]));
    }

    private const string PauseNote =
        " Each turn begins after a pause. In a virtual machine the woken threads of other libraries may then wait on the caller's processor "
        + "for milliseconds: these ratios are those of a program that pauses, and not of the kernels alone.";

    private static Section Rates(string threads, Product[] products)
    {
        string[] libraries = [.. products.SelectMany(p => p.Rows.Select(row => row["library"])).Distinct()];
        return new Section($"Products, {Figures.Threads(threads)}",
            "10^9 operations a second, medians of turns, with half the distance of the quartiles in per cent. x is [batch, in], "
            + "w [in, out]; the FMA peak was measured in the same turns. `own kernels` and `through OpenBLAS` are what NativeOpt chooses "
            + $"from (`gemm_peers --threads {threads}`).",
            MarkdownTable.Write(["batch", "in x out", "product", "of FMA peak", "to best peer", .. libraries], [.. products.Select(p =>
                (string[])
                [
                    p.Rows[0]["batch"], $"{p.Rows[0]["in"]}x{p.Rows[0]["out"]}", p.Rows[0]["product"], $"{100 * p.Rate(Own) / p.Peak:F0} %",
                    F2(p.Rate(Own) / p.BestPeer), .. libraries.Select(library => Cell(p, library)),
                ])]), IsLong: products.Length > 30);
    }

    private static string Cell(Product product, string library)
    {
        CsvRow? row = product.Rows.FirstOrDefault(row => row["library"] == library);
        if (row is null)
            return "";
        double rate = row.Number("GFLOP/s");
        return string.Create(CultureInfo.InvariantCulture, $"{rate:F1} ± {50 * (row.Number("high") - row.Number("low")) / rate:F0} %");
    }

    /// <summary>Only products that every library has: libxsmm has none with transposed weights.</summary>
    private static LinePanel Shares(string threads, Product[] products)
    {
        string[] libraries = [Own, .. products.SelectMany(p => p.Rows.Select(row => row["library"])).Distinct().Except(Forms)];
        var batches = products.Where(p => p.Rows[0]["product"] == "y = x w").GroupBy(p => p.Batch).OrderBy(group => group.Key).ToArray();
        IEnumerable<Series> lines = libraries.Select(library => new Series(library,
            [.. batches.Where(group => group.All(p => double.IsFinite(p.Rate(library))))
                .Select(group => (group.Key, Figures.GeometricMean(group.Select(p => p.Rate(library) / p.Peak))))]));
        return new LinePanel($"y = x w: share of the FMA peak, {Figures.Threads(threads)}", "batch",
            [.. lines.Where(line => line.Points.Count > 0)], LogarithmicY: false, Reference: 1);
    }

    private static string F2(double value) => double.IsFinite(value) ? value.ToString("F2", CultureInfo.InvariantCulture) : "";
}
