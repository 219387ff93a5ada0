package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The methods of Python's {@code str} that cut a text into parts. */
final class StringSplitting {

    private StringSplitting() {}

    static List<Object> split(String text, Arguments arguments) {
        var bound = arguments.bind("split", 0, "sep", "maxsplit");
        int most = most(bound);
        if (bound.get(0, None.NONE) == None.NONE) {
            return words(text, most);
        }
        String separator = separator(bound);
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < most; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    static List<Object> splitFromEnd(String text, Arguments arguments) {
        var bound = arguments.bind("rsplit", 0, "sep", "maxsplit");
        int most = most(bound);
        if (bound.get(0, None.NONE) == None.NONE) {
            return wordsFromEnd(text, most);
        }
        String separator = separator(bound);
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        int at = text.lastIndexOf(separator);
        while (at >= 0 && parts.size() < most) {
            parts.add(text.substring(at + separator.length(), to));
            to = at;
            at = to < separator.length() ? -1 : text.lastIndexOf(separator, to - separator.length());
        }
        parts.add(text.substring(0, to));
        Collections.reverse(parts);
        return parts;
    }

    private static int most(Arguments.Bound bound) {
        int most = bound.integer(1, -1);
        return most < 0 ? Integer.MAX_VALUE : most;
    }

    private static String separator(Arguments.Bound bound) {
        String separator = bound.text(0);
        if (separator.isEmpty()) {
            throw new EvaluationException("the separator of " + bound.function() + "() must not be empty");
        }
        return separator;
    }

    private static List<Object> words(String text, int most) {
        List<Object> parts = new ArrayList<>();
        String rest = PythonText.stripStart(text);
        while (!rest.isEmpty()) {
            if (parts.size() == most) {
                parts.add(rest);
                break;
            }
            int end = 0;
            while (end < rest.length() && !PythonText.isSpace(rest.charAt(end))) {
                end++;
            }
            parts.add(rest.substring(0, end));
            rest = PythonText.stripStart(rest.substring(end));
        }
        return parts;
    }

    private static List<Object> wordsFromEnd(String text, int most) {
        List<Object> parts = new ArrayList<>();
        String rest = PythonText.stripEnd(text);
        while (!rest.isEmpty()) {
            if (parts.size() == most) {
                parts.add(rest);
                break;
            }
            int start = rest.length();
            while (start > 0 && !PythonText.isSpace(rest.charAt(start - 1))) {
                start--;
            }
            parts.add(rest.substring(start));
            rest = PythonText.stripEnd(rest.substring(0, start));
        }
        Collections.reverse(parts);
        return parts;
    }

    static List<Object> lines(String text, Arguments arguments) {
        return lines(text, arguments.bind("splitlines", 0, "keepends").truth(0, false));
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        int i = 0;
        while (i < text.length()) {
            if (!isLineBreak(text.charAt(i))) {
                i++;
                continue;
            }
            int end = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            lines.add(text.substring(from, keepEnds ? end : i));
            from = end;
            i = end;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static boolean isLineBreak(char c) {
        return c >= '\n' && c <= '\r' || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static Tuple partition(String text, Arguments arguments, boolean last) {
        var bound = arguments.bind(last ? "rpartition" : "partition", 1, "sep");
        String separator = separator(bound);
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
