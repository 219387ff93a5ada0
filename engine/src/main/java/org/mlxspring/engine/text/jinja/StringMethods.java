package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The methods of Python's {@code str}. */
final class StringMethods {

    private StringMethods() {}

    static Optional<Callable> find(String text, String name) {
        Callable method =
                switch (name) {
                    case "strip" -> a -> strip(text, a, true, true, name);
                    case "lstrip" -> a -> strip(text, a, true, false, name);
                    case "rstrip" -> a -> strip(text, a, false, true, name);
                    case "split" -> a -> StringSplitting.split(text, a);
                    case "rsplit" -> a -> StringSplitting.splitFromEnd(text, a);
                    case "splitlines" -> a -> StringSplitting.lines(text, a);
                    case "partition" -> a -> StringSplitting.partition(text, a, false);
                    case "rpartition" -> a -> StringSplitting.partition(text, a, true);
                    case "startswith" -> a -> affix(text, a, true);
                    case "endswith" -> a -> affix(text, a, false);
                    case "replace" -> a -> replace(text, a);
                    case "upper" -> a -> none(a, name, text.toUpperCase(Locale.ROOT));
                    case "lower" -> a -> none(a, name, text.toLowerCase(Locale.ROOT));
                    case "casefold" ->
                        a -> none(a, name, text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
                    case "capitalize" -> a -> none(a, name, capitalize(text));
                    case "title" -> a -> none(a, name, title(text));
                    case "swapcase" -> a -> none(a, name, swapCase(text));
                    case "join" -> a -> join(text, a);
                    case "format" -> a -> BraceFormat.format(text, a);
                    case "find" -> a -> position(text, a, false, name);
                    case "rfind" -> a -> position(text, a, true, name);
                    case "index" -> a -> found(position(text, a, false, name));
                    case "rindex" -> a -> found(position(text, a, true, name));
                    case "count" -> a -> count(text, a);
                    case "removeprefix" ->
                        a -> {
                            String prefix = a.bind(name, 1, "prefix").text(0);
                            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                        };
                    case "removesuffix" ->
                        a -> {
                            String suffix = a.bind(name, 1, "suffix").text(0);
                            return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
                        };
                    case "ljust" -> a -> pad(text, a, name, 0);
                    case "rjust" -> a -> pad(text, a, name, 2);
                    case "center" -> a -> pad(text, a, name, 1);
                    case "zfill" ->
                        a -> fillZeros(text, a.bind(name, 1, "width").integer(0, 0));
                    case "isdigit", "isdecimal", "isnumeric" -> a -> none(a, name, every(text, Character::isDigit));
                    case "isalpha" -> a -> none(a, name, every(text, Character::isLetter));
                    case "isalnum" -> a -> none(a, name, every(text, Character::isLetterOrDigit));
                    case "isspace" -> a -> none(a, name, every(text, PythonText::isSpace));
                    case "isupper" -> a -> none(a, name, isUpper(text));
                    case "islower" -> a -> none(a, name, isLower(text));
                    case "isidentifier" -> a -> none(a, name, text.matches("(?U)[\\p{Alpha}_]\\w*"));
                    default -> null;
                };
        return Optional.ofNullable(method);
    }

    private static Object none(Arguments arguments, String name, Object result) {
        arguments.bind(name, 0);
        return result;
    }

    private interface CharacterTest {
        boolean test(int codePoint);
    }

    private static boolean every(String text, CharacterTest test) {
        return !text.isEmpty() && text.codePoints().allMatch(test::test);
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static String strip(String text, Arguments arguments, boolean start, boolean end, String name) {
        Object characters = arguments.bind(name, 0, "chars").get(0, None.NONE);
        if (characters == None.NONE) {
            String left = start ? PythonText.stripStart(text) : text;
            return end ? PythonText.stripEnd(left) : left;
        }
        if (!(characters instanceof String set)) {
            throw new EvaluationException(
                    name + "() needs a string or None, but was given " + Types.article(characters));
        }
        int from = 0;
        int to = text.length();
        while (start && from < to && set.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && from < to && set.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static boolean affix(String text, Arguments arguments, boolean start) {
        String name = start ? "startswith" : "endswith";
        var bound = arguments.bind(name, 1, "prefix", "start", "end");
        String part = range(text, bound).text();
        List<Object> options = bound.get(0) instanceof Tuple(List<Object> items, _) ? items : List.of(bound.get(0));
        for (Object option : options) {
            if (!(option instanceof String affix)) {
                throw new EvaluationException(
                        name + "() needs a string or a tuple of strings, but was given " + Types.article(option));
            }
            if (start ? part.startsWith(affix) : part.endsWith(affix)) {
                return true;
            }
        }
        return false;
    }

    /** A part of a text and where it starts in it, counted in code points. */
    private record Part(String text, int offset) {}

    private static Part range(String text, Arguments.Bound bound) {
        int length = PythonText.length(text);
        int from = clamp(bound.get(1, None.NONE), length, 0);
        int to = clamp(bound.get(2, None.NONE), length, length);
        return new Part(from <= to ? PythonText.substring(text, from, to) : "", from);
    }

    private static int clamp(Object value, int length, int fallback) {
        if (value == None.NONE) {
            return fallback;
        }
        int index = Numbers.index(value);
        return Math.clamp(index < 0 ? index + (long) length : index, 0, length);
    }

    private static Object position(String text, Arguments arguments, boolean last, String name) {
        var bound = arguments.bind(name, 1, "sub", "start", "end");
        Part part = range(text, bound);
        int at = last ? part.text().lastIndexOf(bound.text(0)) : part.text().indexOf(bound.text(0));
        return at < 0 ? -1L : (long) part.offset() + part.text().codePointCount(0, at);
    }

    private static Object found(Object position) {
        if (position.equals(-1L)) {
            throw new EvaluationException("substring not found");
        }
        return position;
    }

    private static Object count(String text, Arguments arguments) {
        var bound = arguments.bind("count", 1, "sub", "start", "end");
        String part = range(text, bound).text();
        String sub = bound.text(0);
        if (sub.isEmpty()) {
            return (long) PythonText.length(part) + 1;
        }
        long count = 0;
        for (int at = part.indexOf(sub); at >= 0; at = part.indexOf(sub, at + sub.length())) {
            count++;
        }
        return count;
    }

    private static String replace(String text, Arguments arguments) {
        var bound = arguments.bind("replace", 2, "old", "new", "count");
        return replace(text, bound.text(0), bound.text(1), bound.integer(2, -1));
    }

    static String replace(String text, String old, String replacement, int most) {
        if (most < 0) {
            return old.isEmpty()
                    ? replaceEverywhere(text, replacement, Integer.MAX_VALUE)
                    : text.replace(old, replacement);
        }
        if (old.isEmpty()) {
            return replaceEverywhere(text, replacement, most);
        }
        var out = new StringBuilder();
        int from = 0;
        int done = 0;
        for (int at = text.indexOf(old); at >= 0 && done < most; at = text.indexOf(old, from)) {
            out.append(text, from, at).append(replacement);
            from = at + old.length();
            done++;
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String replaceEverywhere(String text, String replacement, int most) {
        var out = new StringBuilder();
        int done = 0;
        for (int c : text.codePoints().toArray()) {
            if (done++ < most) {
                out.append(replacement);
            }
            out.appendCodePoint(c);
        }
        return done < most ? out.append(replacement).toString() : out.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return titleCase(first) + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    private static String titleCase(int codePoint) {
        int title = Character.toTitleCase(codePoint);
        return title == codePoint
                ? Character.toString(codePoint).toUpperCase(Locale.ROOT).length() > 1
                                && Character.isLowerCase(codePoint)
                        ? capitalizedExpansion(codePoint)
                        : Character.toString(codePoint)
                : Character.toString(title);
    }

    private static String capitalizedExpansion(int codePoint) {
        String upper = Character.toString(codePoint).toUpperCase(Locale.ROOT);
        int first = upper.codePointAt(0);
        return Character.toString(first)
                + upper.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        var out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean cased = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
            out.append(inWord ? Character.toString(c).toLowerCase(Locale.ROOT) : titleCase(c));
            inWord = cased;
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            out.append(Character.isUpperCase(c) ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
        });
        return out.toString();
    }

    private static String join(String separator, Arguments arguments) {
        List<String> parts = new ArrayList<>();
        for (Object item : Types.list(arguments.bind("join", 1, "iterable").get(0))) {
            if (!(Markup.plain(item) instanceof String part)) {
                throw new EvaluationException(
                        "join() needs strings, but item " + parts.size() + " is " + Types.article(item));
            }
            parts.add(part);
        }
        return String.join(separator, parts);
    }

    private static String pad(String text, Arguments arguments, String name, int side) {
        var bound = arguments.bind(name, 1, "width", "fillchar");
        return pad(text, bound.integer(0, 0), bound.text(1, " "), side);
    }

    /** Fills a text up to a width: on the right for side 0, on both sides for 1, on the left for 2. */
    static String pad(String text, int width, String fill, int side) {
        int missing = width - PythonText.length(text);
        if (missing <= 0) {
            return text;
        }
        int left =
                switch (side) {
                    case 0 -> 0;
                    case 1 -> missing / 2 + (missing & width & 1);
                    default -> missing;
                };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private static String fillZeros(String text, int width) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String zeros = "0".repeat(Math.max(0, width - PythonText.length(text)));
        return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
    }
}
