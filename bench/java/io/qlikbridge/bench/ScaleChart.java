package io.qlikbridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws figures by the number of connections as an SVG of several panels, on a background of its own. */
final class ScaleChart {

    private static final int PANEL_WIDTH = 390;
    private static final int PANEL_HEIGHT = 220;
    private static final int LEFT = 70;
    private static final int TOP = 110;
    private static final int BETWEEN = 80;
    private static final int BOTTOM = 40;

    private static final String INK = "#24292f";
    private static final String FAINT = "#57606a";
    private static final String GRID = "#e6e8eb";

    /** By colour and by dashes, for those who tell colours apart and those who do not. */
    private static final List<String> STYLES = List.of(
            "stroke=\"#24292f\"",
            "stroke=\"#bc4c00\" stroke-dasharray=\"9 4\"",
            "stroke=\"#0969da\" stroke-dasharray=\"2 4\"",
            "stroke=\"#1a7f37\" stroke-dasharray=\"12 4 2 4\"");

    private final List<Integer> connections;
    private final ChartAxis across;
    private final StringBuilder svg = new StringBuilder();

    ScaleChart(List<Integer> connections) {
        this.connections = connections;
        this.across =
                new ChartAxis(connections.stream().map(Integer::doubleValue).toList(), true);
    }

    /** @param curves a figure for each number of connections, by the name of what it is of */
    record Panel(String title, Map<String, double[]> curves) {}

    /** @param rows panels that share their axis; those of the first count from nothing, those below by powers of ten */
    String of(List<List<Panel>> rows) {
        int columns = rows.getFirst().size();
        int width = LEFT + columns * (PANEL_WIDTH + BETWEEN);
        int height = TOP + rows.size() * (PANEL_HEIGHT + BETWEEN) - BETWEEN + BOTTOM + 20;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"%s\" role=\"img\">",
                width, height, "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif");
        add("<title>Throughput and latency by the number of connections</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
        text(LEFT, 34, "By the number of connections", INK, 20, "start");
        legend(List.copyOf(rows.getFirst().getFirst().curves().keySet()));
        for (int row = 0; row < rows.size(); row++) {
            ChartAxis up = axis(rows.get(row), row > 0);
            for (int column = 0; column < rows.get(row).size(); column++) {
                int left = LEFT + column * (PANEL_WIDTH + BETWEEN);
                panel(rows.get(row).get(column), up, left, TOP + row * (PANEL_HEIGHT + BETWEEN));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static ChartAxis axis(List<Panel> panels, boolean decades) {
        List<double[]> values = new ArrayList<>();
        panels.forEach(panel -> values.addAll(panel.curves().values()));
        return decades ? ChartAxis.decades(values) : ChartAxis.linear(values);
    }

    private void legend(List<String> names) {
        for (int number = 0; number < names.size(); number++) {
            int left = LEFT + number * 200;
            add("<path d=\"M%d 58h40\" fill=\"none\" stroke-width=\"2.5\" %s/>", left, STYLES.get(number));
            text(left + 48, 62, names.get(number), INK, 13, "start");
        }
    }

    private void panel(Panel panel, ChartAxis up, int left, int top) {
        text(left, top - 10, panel.title(), INK, 14, "start");
        for (double mark : up.marks()) {
            double y = top + PANEL_HEIGHT * (1 - up.share(mark));
            add("<path d=\"M%d %.1fh%d\" stroke=\"%s\"/>", left, y, PANEL_WIDTH, GRID);
            text(left - 8, y + 4, named(mark), FAINT, 12, "end");
        }
        for (double mark : across.marks()) {
            double x = left + PANEL_WIDTH * across.share(mark);
            add("<path d=\"M%.1f %dv5\" stroke=\"%s\"/>", x, top + PANEL_HEIGHT, FAINT);
            text(x, top + PANEL_HEIGHT + 19, named(mark), FAINT, 12, "middle");
        }
        text(left + PANEL_WIDTH / 2.0, top + PANEL_HEIGHT + 36, "connections", FAINT, 12, "middle");
        int number = 0;
        for (double[] figures : panel.curves().values()) {
            curve(figures, up, left, top, STYLES.get(number++));
        }
    }

    /** Leaves out what is not known. */
    private void curve(double[] figures, ChartAxis up, int left, int top, String style) {
        StringBuilder line = new StringBuilder();
        for (int point = 0; point < figures.length; point++) {
            if (figures[point] > 0) {
                line.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        line.isEmpty() ? "M" : "L",
                        left + PANEL_WIDTH * across.share(connections.get(point)),
                        top + PANEL_HEIGHT * (1 - up.share(figures[point]))));
            }
        }
        add("<path d=\"%s\" fill=\"none\" stroke-width=\"2.5\" %s/>", line, style);
    }

    private static String named(double mark) {
        return mark == 0 || mark >= 1 ? Report.format("%,.0f", mark) : String.valueOf(mark);
    }

    private void text(double x, double y, String text, String colour, int size, String anchor) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-size=\"%d\" text-anchor=\"%s\">%s</text>",
                x, y, colour, size, anchor, text);
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
