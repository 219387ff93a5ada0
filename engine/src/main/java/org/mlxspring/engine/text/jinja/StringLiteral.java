package org.mlxspring.engine.text.jinja;

/** The text that a string literal stands for, with Python's escapes. */
final class StringLiteral {

    private StringLiteral() {}

    static String unescape(String body, int line) {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        var out = new StringBuilder(body.length());
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = body.charAt(i++);
            switch (escape) {
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(escape);
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'v' -> out.append('\u000b');
                case 'x' -> i = hexadecimal(body, i, 2, out, line);
                case 'u' -> i = hexadecimal(body, i, 4, out, line);
                case 'U' -> i = hexadecimal(body, i, 8, out, line);
                case 'N' -> i = named(body, i, out, line);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(body, i - 1, out);
                default -> out.append('\\').append(escape);
            }
        }
        return out.toString();
    }

    private static int hexadecimal(String body, int start, int digits, StringBuilder out, int line) {
        int end = start + digits;
        if (end > body.length() || !body.substring(start, end).matches("[0-9a-fA-F]+")) {
            throw new TemplateException(line, "an escape in a string needs " + digits + " hexadecimal digits");
        }
        long code = Long.parseLong(body.substring(start, end), 16);
        if (code > Character.MAX_CODE_POINT) {
            throw new TemplateException(line, "an escape in a string names no character");
        }
        out.appendCodePoint((int) code);
        return end;
    }

    private static int octal(String body, int start, StringBuilder out) {
        int end = start;
        while (end < body.length() && end < start + 3 && body.charAt(end) >= '0' && body.charAt(end) <= '7') {
            end++;
        }
        out.appendCodePoint(Integer.parseInt(body.substring(start, end), 8));
        return end;
    }

    private static int named(String body, int start, StringBuilder out, int line) {
        int end = body.indexOf('}', start);
        if (end < 0 || body.charAt(start) != '{') {
            throw new TemplateException(line, "an escape \\N in a string needs a name in braces");
        }
        try {
            out.appendCodePoint(Character.codePointOf(body.substring(start + 1, end)));
        } catch (IllegalArgumentException e) {
            throw new TemplateException(line, "an escape \\N in a string names no character");
        }
        return end + 1;
    }
}
