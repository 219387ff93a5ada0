package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attributes and items of values by the rules of jinja2's immutable sandbox: {@code a.b} looks for an attribute first
 * and then for an item, {@code a['b']} the other way round; nothing private and nothing that changes a value is given
 * out.
 */
final class Attributes {

    private static final Set<String> DICT_CHANGES = Set.of("clear", "pop", "popitem", "setdefault", "update");
    private static final Set<String> LIST_CHANGES =
            Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

    private Attributes() {}

    /** {@code object.name}. */
    static Object attribute(Object object, String name) {
        refuseUndefined(object);
        return find(object, name).or(() -> item(object, name)).orElseGet(() -> Undefined.attribute(object, name));
    }

    /** {@code object[key]}. */
    static Object subscript(Object object, Object key) {
        refuseUndefined(object);
        Object wanted = Markup.plain(key);
        return item(object, wanted)
                .or(() -> wanted instanceof String name ? find(object, name) : Optional.empty())
                .orElseGet(() -> missing(object, wanted));
    }

    private static Object missing(Object object, Object key) {
        return key instanceof String name
                ? Undefined.attribute(object, name)
                : new Undefined("'" + Types.name(object) + " object' has no element " + Representation.of(key));
    }

    private static void refuseUndefined(Object object) {
        if (object instanceof Undefined undefined) {
            throw undefined.refusal();
        }
    }

    private static Optional<Object> item(Object object, Object key) {
        if (object instanceof Map<?, ?> map) {
            return Optional.ofNullable(Types.dict(map).get(key));
        }
        Optional<Integer> index = Numbers.asInteger(key).map(_ -> Numbers.index(key));
        if (index.isEmpty()) {
            return Optional.empty();
        }
        return switch (object) {
            case String text ->
                position(index.get(), PythonText.length(text)).map(i -> PythonText.substring(text, i, i + 1));
            case Markup(String text) -> item(text, key).map(Markup::marked);
            case List<?> list -> position(index.get(), list.size()).map(list::get);
            case Tuple(List<Object> items, _) ->
                position(index.get(), items.size()).map(items::get);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> position(int index, int length) {
        int from = index < 0 ? index + length : index;
        return from >= 0 && from < length ? Optional.of(from) : Optional.empty();
    }

    /** {@code object[start:stop:step]}. */
    static Object slice(Object object, Object start, Object stop, Object step) {
        refuseUndefined(object);
        return switch (object) {
            case String text -> {
                int[] codePoints = text.codePoints().toArray();
                var out = new StringBuilder();
                positions(codePoints.length, start, stop, step).forEach(i -> out.appendCodePoint(codePoints[i]));
                yield out.toString();
            }
            case Markup(String text) -> Markup.marked(slice(text, start, stop, step));
            case List<?> list -> picked(list, start, stop, step);
            case Tuple(List<Object> items, _) -> new Tuple(picked(items, start, stop, step));
            default -> throw new EvaluationException("'" + Types.name(object) + "' object is not subscriptable");
        };
    }

    private static List<Object> picked(List<?> items, Object start, Object stop, Object step) {
        List<Object> out = new ArrayList<>();
        positions(items.size(), start, stop, step).forEach(i -> out.add(items.get(i)));
        return out;
    }

    private static List<Integer> positions(int length, Object start, Object stop, Object step) {
        int by = step == None.NONE ? 1 : Numbers.index(step);
        if (by == 0) {
            throw new EvaluationException("the step of a slice must not be 0");
        }
        int from = bound(start, length, by < 0, by < 0 ? length - 1 : 0);
        int to = bound(stop, length, by < 0, by < 0 ? -1 : length);
        List<Integer> positions = new ArrayList<>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            positions.add((int) i);
        }
        return positions;
    }

    private static int bound(Object value, int length, boolean backwards, int fallback) {
        if (value == None.NONE) {
            return fallback;
        }
        int index = Numbers.index(value);
        int lowest = backwards ? -1 : 0;
        int highest = backwards ? length - 1 : length;
        if (index < 0) {
            return Math.max(lowest, index + length);
        }
        return Math.min(index, highest);
    }

    private static Optional<Object> find(Object object, String name) {
        if (name.startsWith("__")) {
            return Optional.of(new Undefined("access to attribute '" + name + "' is unsafe"));
        }
        return switch (object) {
            case String text -> StringMethods.find(text, name).map(method -> (Object) method);
            case Markup markup -> markup.method(name);
            case Map<?, ?> map -> dictMethod(Types.dict(map), name);
            case List<?> list -> listMethod(list, name);
            case Tuple tuple -> tuple.named(name).or(() -> sequenceMethod(tuple.items(), name));
            case Namespace namespace -> Optional.of(namespace.get(name)).filter(value -> !(value instanceof Undefined));
            case Loop loop -> loop.attribute(name);
            case Macro macro when name.equals("name") -> Optional.of(macro.name());
            case Cycler cycler -> cycler.attribute(name);
            case Double number
            when name.equals("is_integer") -> method(_ -> !Double.isInfinite(number) && number == Math.rint(number));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> method(Callable method) {
        return Optional.of(method);
    }

    private static Object unsafe(String name) {
        return new Undefined(
                "access to attribute '" + name + "' is unsafe: it would change a value of the conversation");
    }

    private static Optional<Object> dictMethod(Map<Object, Object> dict, String name) {
        return switch (name) {
            case "get" ->
                method(arguments -> {
                    var bound = arguments.bind("get", 1, "key", "default");
                    Object value = dict.get(bound.get(0));
                    return value == null ? bound.get(1, None.NONE) : value;
                });
            case "items" -> method(_ -> new DictView(DictView.Kind.ITEMS, dict));
            case "keys" -> method(_ -> new DictView(DictView.Kind.KEYS, dict));
            case "values" -> method(_ -> new DictView(DictView.Kind.VALUES, dict));
            case "copy" -> method(_ -> new LinkedHashMap<>(dict));
            default -> DICT_CHANGES.contains(name) ? Optional.of(unsafe(name)) : Optional.empty();
        };
    }

    private static Optional<Object> listMethod(List<?> list, String name) {
        if (LIST_CHANGES.contains(name) && !(list instanceof Range)) {
            return Optional.of(unsafe(name));
        }
        return name.equals("copy") ? method(_ -> new ArrayList<Object>(list)) : sequenceMethod(list, name);
    }

    private static Optional<Object> sequenceMethod(List<?> items, String name) {
        return switch (name) {
            case "count" ->
                method(arguments -> {
                    Object wanted = arguments.bind("count", 1, "value").get(0);
                    return items.stream()
                            .filter(item -> Operators.equal(item, wanted))
                            .count();
                });
            case "index" ->
                method(arguments -> {
                    Object wanted = arguments.bind("index", 1, "value").get(0);
                    for (int i = 0; i < items.size(); i++) {
                        if (Operators.equal(items.get(i), wanted)) {
                            return (long) i;
                        }
                    }
                    throw new EvaluationException("index() did not find its value");
                });
            default -> Optional.empty();
        };
    }
}
