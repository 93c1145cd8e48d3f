package dev.tollgate.benchmarks.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What a granted and a refused permit cost, side by side. */
final class Chart {
  private static final int WIDTH = 1_100;
  private static final int HEIGHT = 480;

  private Chart() {}

  static void write(Results results, Path svg) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("A permit, nanoseconds, less is better")
            .yAxisTitle("ns")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(1.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setXAxisLabelRotation(30);
    List<String> contenders = results.values(Bars.GRANTED, Results.CONTENDER);
    add(chart, "granted, 1 thread", results, Bars.GRANTED, 1, contenders);
    add(chart, "granted, 2 threads", results, Bars.GRANTED, 2, contenders);
    add(chart, "refused, 1 thread", results, Bars.REFUSED, 1, contenders);
    try (OutputStream out = Files.newOutputStream(svg)) {
      ChartEncoder.saveChart(chart, out, "svg");
    }
  }

  private static void add(
      CategoryChart chart,
      String series,
      Results results,
      String benchmark,
      int threads,
      List<String> contenders) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (String contender : contenders) {
      OptionalDouble median =
          results.median(benchmark, threads, Map.of(Results.CONTENDER, contender));
      names.add(Names.of(contender));
      values.add(median.orElse(Double.NaN));
    }
    if (values.stream().anyMatch(value -> !value.isNaN())) {
      chart.addSeries(series, names, values);
    }
  }
}
