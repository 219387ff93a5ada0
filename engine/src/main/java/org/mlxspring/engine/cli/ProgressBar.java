package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** A bar on the last line of a terminal; other lines are printed above it. Without a terminal only those are. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private String bar = "";

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether both ends of this process are at a terminal. */
    static boolean atTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    void show(String label, long done, long total, String note) {
        if (!terminal) {
            return;
        }
        double share = total <= 0 ? 0 : Math.clamp((double) done / total, 0.0, 1.0);
        int full = (int) Math.round(share * WIDTH);
        bar = String.format(
                Locale.ROOT,
                "%-5s %s%s %3.0f%% %d/%d %s",
                label,
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                share * 100,
                done,
                total,
                note);
        out.print(CLEAR_LINE + bar);
        out.flush();
    }

    void print(String line) {
        if (bar.isEmpty()) {
            out.println(line);
        } else {
            out.println(CLEAR_LINE + line);
            out.print(bar);
        }
        out.flush();
    }

    /** Takes the bar away. */
    void end() {
        if (!bar.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
            bar = "";
        }
    }
}
