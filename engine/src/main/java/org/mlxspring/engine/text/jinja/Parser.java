package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mlxspring.engine.text.jinja.Statement.Target;
import org.mlxspring.engine.text.jinja.Token.Kind;

/** Parses the statements of a template. */
final class Parser {

    private static final Set<String> SPECIAL = Set.of("varargs", "kwargs", "caller");

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int openLoops;
    private boolean marksGenerated;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static Parsed parse(String source) {
        var parser = new Parser(new TokenStream(Lexer.tokens(source)));
        List<Statement> statements = parser.statements(Set.of(), 1);
        return new Parsed(statements, parser.marksGenerated);
    }

    /**
     * @param statements of the whole template
     * @param marksGenerated whether a {@code generation} tag is among them, at any depth
     */
    record Parsed(List<Statement> statements, boolean marksGenerated) {}

    /** Statements up to a tag with one of the given names, which is left to be read; up to the end without names. */
    private List<Statement> statements(Set<String> ends, int openedAt) {
        List<Statement> body = new ArrayList<>();
        while (!tokens.current().is(Kind.END)) {
            Token token = tokens.next();
            switch (token.kind()) {
                case DATA -> body.add(new Statement.Text(token.line(), token.text()));
                case VARIABLE_BEGIN -> {
                    body.add(new Statement.Print(token.line(), expressions.tuple(true, false, "")));
                    tokens.expect(Kind.VARIABLE_END, "'}}'");
                }
                default -> {
                    Token tag = tokens.current();
                    if (tag.is(Kind.NAME) && ends.contains(tag.text())) {
                        return body;
                    }
                    body.add(statement(tag, ends, openedAt));
                    tokens.expect(Kind.BLOCK_END, "'%}'");
                }
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.failure(
                    "the template ends, but " + tags(ends) + " is missing for the tag of line " + openedAt);
        }
        return body;
    }

    /** The statements of a tag's body, and the tag that ends it. */
    private List<Statement> body(int openedAt, String... ends) {
        tokens.skipOperator(":");
        tokens.expect(Kind.BLOCK_END, "'%}'");
        return statements(Set.of(ends), openedAt);
    }

    private List<Statement> closedBody(int openedAt, String end) {
        List<Statement> body = body(openedAt, end);
        tokens.next();
        return body;
    }

    /** The body of something that is called later, which cannot end a loop around its definition. */
    private List<Statement> function(int openedAt, String end) {
        int outer = openLoops;
        openLoops = 0;
        List<Statement> body = closedBody(openedAt, end);
        openLoops = outer;
        return body;
    }

    private Statement statement(Token tag, Set<String> ends, int openedAt) {
        tokens.expect(Kind.NAME, "the name of a tag");
        int line = tag.line();
        return switch (tag.text()) {
            case "set" -> set(line);
            case "if" -> conditional(line);
            case "for" -> loop(line);
            case "break", "continue" -> jump(tag);
            case "macro" -> macro(line);
            case "call" -> call(line);
            case "filter" -> filterBlock(line);
            case "with" -> with(line);
            case "print" -> print(line);
            case "generation" -> generation(line);
            case "block" -> block(line);
            case "extends", "include", "import", "from", "autoescape" ->
                throw new TemplateException(
                        line, "the tag '" + tag.text() + "' is not supported: a chat template stands alone");
            default -> throw unknown(tag, ends, openedAt);
        };
    }

    private static TemplateException unknown(Token tag, Set<String> ends, int openedAt) {
        String looked = ends.isEmpty() ? "" : "; expected " + tags(ends) + " for the tag of line " + openedAt;
        return new TemplateException(tag.line(), "unknown tag '" + tag.text() + "'" + looked);
    }

    private static String tags(Set<String> ends) {
        return String.join(
                " or ", ends.stream().sorted().map(end -> "'" + end + "'").toList());
    }

    private Statement generation(int line) {
        marksGenerated = true;
        return new Statement.Generated(line, closedBody(line, "endgeneration"));
    }

    private Statement set(int line) {
        Target target = target("", true);
        if (tokens.skipOperator("=")) {
            return new Statement.Assign(line, target, expressions.tuple(true, false, ""));
        }
        // The captured text is the innermost input, but its body comes after the filters in the source.
        Expression filters = expressions.filters(new Expression.Captured(line, List.of()));
        return new Statement.Assign(line, target, withInput(filters, closedBody(line, "endset")));
    }

    private static Expression withInput(Expression filters, List<Statement> body) {
        return switch (filters) {
            case Expression.Filter(int line, Expression input, String name, Expression.CallArguments arguments) ->
                new Expression.Filter(line, withInput(input, body), name, arguments);
            case Expression other -> new Expression.Captured(other.line(), body);
        };
    }

    private Statement conditional(int line) {
        Expression test = expressions.tuple(false, false, "");
        List<Statement> body = body(line, "elif", "else", "endif");
        Token end = tokens.next();
        List<Statement> otherwise =
                switch (end.text()) {
                    case "elif" -> List.of(conditional(end.line()));
                    case "else" -> closedBody(line, "endif");
                    default -> List.of();
                };
        return new Statement.If(line, test, body, otherwise);
    }

    private Statement loop(int line) {
        Target target = target("in", false);
        tokens.expectName("in");
        Expression items = expressions.tuple(false, false, "recursive");
        Optional<Expression> filter = tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        openLoops++;
        List<Statement> body = body(line, "endfor", "else");
        openLoops--;
        List<Statement> otherwise = tokens.next().isName("else") ? closedBody(line, "endfor") : List.of();
        return new Statement.For(line, target, items, filter, recursive, body, otherwise);
    }

    private Statement jump(Token tag) {
        if (openLoops == 0) {
            throw new TemplateException(tag.line(), "'" + tag.text() + "' stands outside a loop");
        }
        return tag.text().equals("break") ? new Statement.Break(tag.line()) : new Statement.Continue(tag.line());
    }

    private Statement macro(int line) {
        String name = tokens.expect(Kind.NAME, "the name of the macro").text();
        List<Statement.Parameter> parameters = parameters();
        int start = tokens.position();
        List<Statement> body = function(line, "endmacro");
        Set<String> special = tokens.namesSince(start, SPECIAL);
        return new Statement.MacroDefinition(line, new Statement.Signature(name, parameters, special), body);
    }

    private Statement call(int line) {
        List<Statement.Parameter> parameters = tokens.current().isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw new TemplateException(line, "expected a call of a macro after 'call'");
        }
        int start = tokens.position();
        List<Statement> body = function(line, "endcall");
        var signature = new Statement.Signature("caller", parameters, tokens.namesSince(start, SPECIAL));
        return new Statement.CallBlock(line, signature, call, body);
    }

    private List<Statement.Parameter> parameters() {
        List<Statement.Parameter> parameters = new ArrayList<>();
        boolean optional = false;
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            String name = tokens.expect(Kind.NAME, "the name of a parameter").text();
            Optional<Expression> fallback =
                    tokens.skipOperator("=") ? Optional.of(expressions.expression()) : Optional.empty();
            if (optional && fallback.isEmpty()) {
                throw tokens.failure("the parameter '" + name + "' needs a default, as the one before it has one");
            }
            optional = fallback.isPresent();
            parameters.add(new Statement.Parameter(name, fallback));
        }
        return parameters;
    }

    private Statement filterBlock(int line) {
        Expression filters = expressions.filters(expressions.filter(new Expression.Captured(line, List.of())));
        return new Statement.Print(line, withInput(filters, closedBody(line, "endfilter")));
    }

    private Statement with(int line) {
        List<Statement.Assign> assignments = new ArrayList<>();
        while (!tokens.current().is(Kind.BLOCK_END)) {
            if (!assignments.isEmpty()) {
                tokens.expectOperator(",");
            }
            Target target = target("", false);
            tokens.expectOperator("=");
            assignments.add(new Statement.Assign(line, target, expressions.expression()));
        }
        return new Statement.With(line, assignments, closedBody(line, "endwith"));
    }

    private Statement print(int line) {
        List<Statement> prints = new ArrayList<>();
        while (!tokens.current().is(Kind.BLOCK_END)) {
            if (!prints.isEmpty()) {
                tokens.expectOperator(",");
            }
            prints.add(new Statement.Print(line, expressions.expression()));
        }
        return new Statement.Sequence(line, prints);
    }

    private Statement block(int line) {
        String name = tokens.expect(Kind.NAME, "the name of the block").text();
        tokens.skipName("scoped");
        tokens.skipName("required");
        List<Statement> body = closedBody(line, "endblock");
        tokens.skipName(name);
        return new Statement.Scoped(line, body);
    }

    /** Names that take a value; {@code fields} allows a namespace's field. */
    private Target target(String endName, boolean fields) {
        List<Target> targets = new ArrayList<>();
        boolean unpacked = false;
        while (!endsTarget(endName)) {
            targets.add(singleTarget(fields));
            if (!tokens.skipOperator(",")) {
                break;
            }
            unpacked = true;
        }
        if (targets.isEmpty()) {
            throw tokens.failure("expected a name, found " + tokens.current().description());
        }
        return unpacked ? new Target.Unpacked(targets) : targets.getFirst();
    }

    private boolean endsTarget(String endName) {
        Token token = tokens.current();
        return token.is(Kind.BLOCK_END)
                || token.isOperator(")")
                || token.isOperator("=")
                || !endName.isEmpty() && token.isName(endName);
    }

    private Target singleTarget(boolean fields) {
        if (tokens.skipOperator("(")) {
            Target inner = target("", fields);
            tokens.expectOperator(")");
            return inner;
        }
        Token name = tokens.expect(Kind.NAME, "a name to assign to");
        if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
            throw new TemplateException(name.line(), "cannot assign to '" + name.text() + "'");
        }
        if (fields && tokens.skipOperator(".")) {
            String field = tokens.expect(Kind.NAME, "the name of a field").text();
            return new Target.NamespaceField(name.text(), field);
        }
        return new Target.Variable(name.text());
    }
}
