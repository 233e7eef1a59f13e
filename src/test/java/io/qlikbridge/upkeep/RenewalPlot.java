package io.qlikbridge.upkeep;

import io.qlikbridge.issuing.LimitedTenant;
import io.qlikbridge.upkeep.RenewalSimulation.Course;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Draws the courses of simulations as an SVG: for each, the logins a minute, and the least that was left of a lease. */
final class RenewalPlot {

    private static final int WIDTH = 1000;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 56;
    private static final int LOGINS_HEIGHT = 170;
    private static final int LIFE_HEIGHT = 110;
    private static final int TITLE = 54;
    private static final int AXIS = 26;
    private static final int DAYS = (int) RenewalScenario.LENGTH.toDays();
    private static final int MINUTES = (int) RenewalScenario.LENGTH.toMinutes();
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int MOST_LOGINS = 1200;

    private static final String INK = "#24292f";
    private static final String FAINT = "#6e7781";
    private static final String GRID = "#e6e8eb";
    private static final String BLUE = "#1f6feb";
    private static final String GREEN = "#1a7f37";
    private static final String RED = "#cf222e";
    private static final String ORANGE = "#9a6700";

    private final StringBuilder svg = new StringBuilder();

    private RenewalPlot() {}

    static String of(List<Course> courses) {
        RenewalPlot plot = new RenewalPlot();
        int each = TITLE + LOGINS_HEIGHT + 26 + LIFE_HEIGHT + AXIS;
        int height = TOP + courses.size() * each + 34;
        plot.begin(height);
        int top = TOP;
        for (Course course : courses) {
            plot.course(course, top);
            top += each;
        }
        plot.text(LEFT + PLOT_WIDTH / 2.0, height - 14, "day", FAINT, 13, "middle");
        plot.svg.append("</svg>\n");
        return plot.svg.toString();
    }

    private void begin(int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"%s\" role=\"img\">",
                WIDTH, height, "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif");
        add("<title>100,000 leases over 30 days</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(LEFT, 34, "100,000 leases over 30 days, simulated", INK, 20, "start");
    }

    private void course(Course course, int top) {
        text(LEFT, top + 22, course.scenario().name(), INK, 16, "start");
        int loginsTop = top + TITLE;
        logins(course, loginsTop);
        life(course, loginsTop + LOGINS_HEIGHT + 26);
    }

    private void logins(Course course, int top) {
        text(LEFT, top - 10, "Logins a minute at the tenant", BLUE, 13, "start");
        outage(course, top, LOGINS_HEIGHT, true);
        Scale scale = new Scale(top, LOGINS_HEIGHT, MOST_LOGINS);
        for (int logins = 0; logins < 1000; logins += 250) {
            grid(scale, logins);
        }
        area(scale, column -> most(course.loginsByMinute(), column), BLUE);
        limit(scale, LimitedTenant.LOGINS_A_MINUTE, "the tenant's limit: 1,000", RED);
        limit(scale, course.pace(), "the pace of renewals: " + course.pace(), ORANGE);
        label(scale, 1000);
        frame(top, LOGINS_HEIGHT);
    }

    private void life(Course course, int top) {
        double longest = course.scenario().expiry().toHours();
        text(LEFT, top - 8, "Least life left of any lease in use, in hours", GREEN, 13, "start");
        outage(course, top, LIFE_HEIGHT, false);
        Scale scale = new Scale(top, LIFE_HEIGHT, longest);
        for (int quarter = 0; quarter <= 4; quarter++) {
            grid(scale, longest * quarter / 4);
        }
        area(scale, column -> least(course.leastLife(), column), GREEN);
        frame(top, LIFE_HEIGHT);
        for (int day = 0; day <= DAYS; day += 5) {
            text(x(day * 1440), top + LIFE_HEIGHT + 17, String.valueOf(day), FAINT, 12, "middle");
        }
    }

    private void outage(Course course, int top, int height, boolean named) {
        double from = x(course.scenario().outageAt().toMinutes());
        double until =
                x(course.scenario().outageAt().plus(course.scenario().outage()).toMinutes());
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#d0d7de\"/>",
                from, top, until - from, height);
        if (named) {
            String name = "tenant silent for " + course.scenario().outage().toHours() + " hours";
            text((from + until) / 2, top - 10, name, FAINT, 12, "middle");
        }
    }

    private void grid(Scale scale, double value) {
        add(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                LEFT, LEFT + PLOT_WIDTH, scale.y(value), scale.y(value), GRID);
        label(scale, value);
    }

    private void label(Scale scale, double value) {
        text(LEFT - 8, scale.y(value) + 4, String.format(Locale.ROOT, "%,.0f", value), FAINT, 12, "end");
    }

    private void limit(Scale scale, int value, String name, String colour) {
        add(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>",
                LEFT, LEFT + PLOT_WIDTH, scale.y(value), scale.y(value), colour);
        text(LEFT + PLOT_WIDTH - 6, scale.y(value) - 6, name, colour, 12, "end");
    }

    /** One column of pixels after another; where there is no number, there is a gap. */
    private void area(Scale scale, IntToDoubleFunction value, String colour) {
        StringBuilder path = new StringBuilder();
        boolean open = false;
        for (int column = 0; column < PLOT_WIDTH; column++) {
            double height = value.applyAsDouble(column);
            if (Double.isNaN(height)) {
                continue;
            }
            if (!open) {
                path.append("M%d %.1f".formatted(LEFT + column, scale.y(0)));
                open = true;
            }
            path.append(String.format(Locale.ROOT, "V%.1fh1", scale.y(height)));
        }
        path.append(String.format(Locale.ROOT, "V%.1f", scale.y(0)));
        add("<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.3\" stroke=\"%s\"/>", path, colour, colour);
    }

    private void frame(int top, int height) {
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\"/>",
                LEFT, top, PLOT_WIDTH, height, FAINT);
    }

    private void text(double x, double y, String text, String colour, int size, String anchor) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-size=\"%d\" text-anchor=\"%s\">%s</text>",
                x, y, colour, size, anchor, text);
    }

    private void add(String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }

    private static double x(long minute) {
        return LEFT + (double) PLOT_WIDTH * minute / MINUTES;
    }

    private static double most(int[] values, int column) {
        int most = 0;
        for (int minute = minute(column); minute < minute(column + 1); minute++) {
            most = Math.max(most, values[minute]);
        }
        return most;
    }

    private static double least(float[] values, int column) {
        double least = Double.NaN;
        for (int minute = minute(column); minute < minute(column + 1); minute++) {
            if (!Float.isNaN(values[minute])) {
                least = Double.isNaN(least) ? values[minute] : Math.min(least, values[minute]);
            }
        }
        return least;
    }

    private static int minute(int column) {
        return (int) ((long) MINUTES * column / PLOT_WIDTH);
    }

    /** From values to heights. */
    private record Scale(int top, int height, double most) {

        private double y(double value) {
            return top + height - height * Math.min(value, most) / most;
        }
    }
}
