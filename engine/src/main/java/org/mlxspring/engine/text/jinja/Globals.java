package org.mlxspring.engine.text.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The functions every template can call. */
final class Globals {

    private Globals() {}

    static Map<String, Object> functions(Clock clock) {
        return Map.of(
                "range", (Callable) Globals::range,
                "dict", (Callable) Globals::dict,
                "namespace", (Callable) Globals::namespace,
                "raise_exception", (Callable) Globals::raise,
                "strftime_now", (Callable) arguments -> strftime(arguments, clock),
                "cycler", (Callable) arguments -> new Cycler(arguments.positional()),
                "joiner", (Callable) Globals::joiner);
    }

    private static Object range(Arguments arguments) {
        var bound = arguments.bind("range", 1, "start", "stop", "step");
        long first = bound.integer(0, 0);
        return bound.has(1) ? new Range(first, bound.integer(1, 0), bound.integer(2, 1)) : new Range(0, first, 1);
    }

    private static Object dict(Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (Object source : arguments.positional()) {
            if (source instanceof Map<?, ?> map) {
                dict.putAll(map);
            } else {
                Types.list(source).forEach(pair -> {
                    List<Object> parts = Types.list(pair);
                    if (parts.size() != 2) {
                        throw new EvaluationException(
                                "dict() needs pairs, but one item has " + parts.size() + " parts");
                    }
                    dict.put(parts.get(0), parts.get(1));
                });
            }
        }
        dict.putAll(arguments.keywords());
        return dict;
    }

    private static Object namespace(Arguments arguments) {
        var namespace = new Namespace();
        var fields = (Map<?, ?>) dict(arguments);
        fields.forEach((name, value) -> namespace.set(Representation.text(name), value));
        return namespace;
    }

    private static Object raise(Arguments arguments) {
        Object message = arguments.bind("raise_exception", 1, "message").get(0);
        throw new EvaluationException(Representation.text(message));
    }

    private static Object strftime(Arguments arguments, Clock clock) {
        String format = arguments.bind("strftime_now", 1, "format").text(0);
        return Strftime.format(format, ZonedDateTime.now(clock));
    }

    private static Object joiner(Arguments arguments) {
        String separator = arguments.bind("joiner", 0, "sep").text(0, ", ");
        var used = new AtomicBoolean();
        return (Callable) _ -> used.getAndSet(true) ? separator : "";
    }
}
