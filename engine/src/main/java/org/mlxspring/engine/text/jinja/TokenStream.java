package org.mlxspring.engine.text.jinja;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A cursor over the tokens of a template. */
final class TokenStream {

    private final List<Token> tokens;
    private int index;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(index);
    }

    Token following() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        if (!token.is(Token.Kind.END)) {
            index++;
        }
        return token;
    }

    /** Where the cursor stands, for {@link #namesSince}. */
    int position() {
        return index;
    }

    /** Which of the given names stand between a position and the cursor. */
    Set<String> namesSince(int position, Set<String> wanted) {
        return tokens.subList(position, index).stream()
                .filter(token -> token.is(Token.Kind.NAME))
                .map(Token::text)
                .filter(wanted::contains)
                .collect(Collectors.toSet());
    }

    int line() {
        return current().line();
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) {
            index++;
        }
        return found;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            index++;
        }
        return found;
    }

    Token expect(Token.Kind kind, String what) {
        if (!current().is(kind)) {
            throw failure("expected " + what + ", found " + current().description());
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw failure("expected '" + operator + "', found " + current().description());
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw failure("expected '" + name + "', found " + current().description());
        }
    }

    TemplateException failure(String reason) {
        return new TemplateException(line(), reason);
    }
}
