package org.mlxspring.engine.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with jinja2's whitespace rules under {@code trim_blocks} and {@code lstrip_blocks}: the
 * newline after a block tag goes, and so do blanks between the start of a line and a block or comment tag; {@code -}
 * takes all whitespace on its side, {@code +} keeps what would go.
 */
final class Lexer {

    private static final Pattern NEWLINE = Pattern.compile("\r\n|\r|\n");
    private static final Pattern TAG = Pattern.compile("\\{([{%#])([-+]?)");
    private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");
    private static final Pattern FLOAT =
            Pattern.compile("(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern STRING = Pattern.compile(
            "'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    /** Whether the text at the position starts a line, as far as stripping blanks before a tag goes. */
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = NEWLINE.matcher(template).replaceAll("\n");
        var lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        Matcher tag = TAG.matcher(source);
        Matcher raw = RAW.matcher(source);
        while (tag.find(position)) {
            String sign = tag.group(2);
            boolean variable = tag.group(1).equals("{");
            data(source.substring(position, tag.start()), variable ? "+" : sign, sign.equals("-"));
            if (raw.region(tag.start(), source.length()).lookingAt()) {
                moveTo(raw.end());
                if (raw.group(2).equals("-")) {
                    skipWhitespace();
                }
                raw(raw.start());
            } else {
                moveTo(tag.end());
                switch (tag.group(1)) {
                    case "#" -> comment();
                    case "%" -> tag(Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, "%}");
                    default -> tag(Token.Kind.VARIABLE_BEGIN, Token.Kind.VARIABLE_END, "}}");
                }
            }
        }
        data(source.substring(position), "+", false);
        tokens.add(new Token(Token.Kind.END, "", line));
    }

    /** Takes the text up to the next tag, whose sign says what to do with whitespace at its end. */
    private void data(String text, String sign, boolean stripAll) {
        String kept = text;
        if (stripAll) {
            kept = PythonText.stripEnd(text);
        } else if (!sign.equals("+")) {
            int start = text.lastIndexOf('\n') + 1;
            if ((start > 0 || lineStarting) && PythonText.isBlank(text.substring(start))) {
                kept = text.substring(0, start);
            }
        }
        if (!kept.isEmpty()) {
            tokens.add(new Token(Token.Kind.DATA, kept, line));
        }
        moveTo(position + text.length());
    }

    private void comment() {
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw new TemplateException(line, "a comment has no end; '#}' is missing");
        }
        char before = end > position ? source.charAt(end - 1) : ' ';
        moveTo(end + 2);
        afterTag(before == '-' ? "-" : before == '+' ? "+" : "");
    }

    private void raw(int start) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(position)) {
            throw new TemplateException(lineAt(start), "a raw block has no end; '{% endraw %}' is missing");
        }
        lineStarting = source.charAt(position - 1) == '\n';
        data(source.substring(position, end.start()), end.group(1), end.group(1).equals("-"));
        moveTo(end.end());
        afterTag(end.group(2));
    }

    private void tag(Token.Kind begin, Token.Kind end, String close) {
        tokens.add(new Token(begin, "", line));
        Deque<String> open = new ArrayDeque<>();
        while (true) {
            skipWhitespace();
            if (open.isEmpty()) {
                String sign = source.startsWith(close, position) ? "" : signBefore(close, end);
                if (sign != null) {
                    tokens.add(new Token(end, "", line));
                    moveTo(position + sign.length() + 2);
                    if (end == Token.Kind.BLOCK_END) {
                        afterTag(sign);
                    } else if (sign.equals("-")) {
                        skipWhitespace();
                    }
                    lineStarting = source.charAt(position - 1) == '\n';
                    return;
                }
            }
            expressionToken(open);
        }
    }

    private @org.jspecify.annotations.Nullable String signBefore(String close, Token.Kind end) {
        if (source.startsWith("-" + close, position)) {
            return "-";
        }
        return end == Token.Kind.BLOCK_END && source.startsWith("+" + close, position) ? "+" : null;
    }

    private void expressionToken(Deque<String> open) {
        if (position == source.length()) {
            throw new TemplateException(line, "the template ends inside a tag; '%}' or '}}' is missing");
        }
        Matcher matcher = FLOAT.matcher(source).region(position, source.length());
        boolean afterDot = position > 0 && source.charAt(position - 1) == '.';
        if (!afterDot && matcher.lookingAt()) {
            add(Token.Kind.FLOAT, matcher.group().replace("_", ""), matcher.end());
        } else if (matcher.usePattern(INTEGER).lookingAt()) {
            add(Token.Kind.INTEGER, matcher.group().replace("_", ""), matcher.end());
        } else if (matcher.usePattern(NAME).lookingAt()) {
            add(Token.Kind.NAME, matcher.group(), matcher.end());
        } else if (matcher.usePattern(STRING).lookingAt()) {
            String body = source.substring(matcher.start() + 1, matcher.end() - 1);
            add(Token.Kind.STRING, StringLiteral.unescape(body, line), matcher.end());
        } else if (matcher.usePattern(OPERATOR).lookingAt()) {
            String operator = matcher.group();
            balance(open, operator);
            add(Token.Kind.OPERATOR, operator, matcher.end());
        } else {
            throw new TemplateException(
                    line, "unexpected character '" + Character.toString(source.codePointAt(position)) + "' in a tag");
        }
    }

    private void balance(Deque<String> open, String operator) {
        switch (operator) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw new TemplateException(line, "unexpected '" + operator + "'");
                }
                String expected = open.pop();
                if (!expected.equals(operator)) {
                    throw new TemplateException(line, "unexpected '" + operator + "', expected '" + expected + "'");
                }
            }
            default -> {}
        }
    }

    private void add(Token.Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, line));
        moveTo(end);
    }

    /** Takes what goes after the end of a block or comment tag. */
    private void afterTag(String sign) {
        if (sign.equals("-")) {
            skipWhitespace();
        } else if (!sign.equals("+") && source.startsWith("\n", position)) {
            moveTo(position + 1);
        }
        lineStarting = source.charAt(position - 1) == '\n';
    }

    private void skipWhitespace() {
        int end = position;
        while (end < source.length() && PythonText.isSpace(source.charAt(end))) {
            end++;
        }
        moveTo(end);
    }

    private void moveTo(int end) {
        line += lineBreaks(position, end);
        position = end;
    }

    private int lineAt(int offset) {
        return 1 + lineBreaks(0, offset);
    }

    private int lineBreaks(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (source.charAt(i) == '\n') {
                count++;
            }
        }
        return count;
    }
}
