package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Filters that take a sequence as a whole. */
final class SequenceFilters {

    private SequenceFilters() {}

    static Object first(Object input) {
        Iterator<Object> items = Types.iterate(input);
        return items.hasNext() ? items.next() : new Undefined("there is no first item, the sequence is empty");
    }

    static Object last(Object input) {
        if (input instanceof Lazy) {
            throw new EvaluationException("'generator' object is not reversible; put '|list' before '|last'");
        }
        List<Object> items = Types.list(input);
        return items.isEmpty() ? new Undefined("there is no last item, the sequence is empty") : items.getLast();
    }

    static Object reverse(Object input) {
        if (input instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        List<Object> items = Types.list(input).reversed();
        return input instanceof Lazy ? items : new Lazy(items.iterator());
    }

    static Object items(Object input) {
        return switch (input) {
            case Undefined _ -> new Lazy(List.of().iterator());
            case Map<?, ?> map ->
                new Lazy(new DictView(DictView.Kind.ITEMS, Types.dict(map))
                        .items()
                        .iterator());
            default -> throw new EvaluationException("items needs a mapping, but was given " + Types.article(input));
        };
    }

    static Object join(Object input, Arguments arguments) {
        var bound = arguments.bind("join", 0, "d", "attribute");
        Function<Object, Object> getter = AttributePath.getter(bound.get(1, None.NONE));
        List<String> parts = new ArrayList<>();
        Types.iterate(input).forEachRemaining(item -> parts.add(Representation.text(getter.apply(item))));
        return String.join(Representation.text(bound.get(0, "")), parts);
    }

    static Object sum(Object input, Arguments arguments) {
        var bound = arguments.bind("sum", 0, "attribute", "start");
        Function<Object, Object> getter = AttributePath.getter(bound.get(0, None.NONE));
        Object total = bound.get(1, 0L);
        if (total instanceof String) {
            throw new EvaluationException("sum() cannot sum strings; use the filter 'join'");
        }
        for (Object item : Types.list(input)) {
            total = Operators.binary("+", total, getter.apply(item));
        }
        return total;
    }

    static Object extreme(Object input, Arguments arguments, String name) {
        var bound = arguments.bind(name, 0, "case_sensitive", "attribute");
        Function<Object, Object> key = key(bound.get(1, None.NONE), bound.truth(0, false));
        List<Object> items = Types.list(input);
        if (items.isEmpty()) {
            return new Undefined("there is no item to choose from, the sequence is empty");
        }
        Object best = items.getFirst();
        for (Object item : items.subList(1, items.size())) {
            int order = Operators.compare(key.apply(item), key.apply(best));
            if (name.equals("min") ? order < 0 : order > 0) {
                best = item;
            }
        }
        return best;
    }

    static Object sort(Object input, Arguments arguments) {
        var bound = arguments.bind("sort", 0, "reverse", "case_sensitive", "attribute");
        boolean caseSensitive = bound.truth(1, false);
        Object attribute = bound.get(2, None.NONE);
        List<Function<Object, Object>> keys = attribute instanceof String names
                ? Arrays.stream(names.split(",", -1))
                        .map(name -> key(name, caseSensitive))
                        .toList()
                : List.of(key(attribute, caseSensitive));
        return sorted(
                Types.list(input),
                item -> new Tuple(keys.stream().map(key -> key.apply(item)).toList()),
                bound.truth(0, false));
    }

    static Object dictSort(Object input, Arguments arguments) {
        var bound = arguments.bind("dictsort", 0, "case_sensitive", "by", "reverse");
        boolean caseSensitive = bound.truth(0, false);
        int position =
                switch (bound.text(1, "key")) {
                    case "key" -> 0;
                    case "value" -> 1;
                    default -> throw new EvaluationException("dictsort() sorts by 'key' or by 'value'");
                };
        if (!(input instanceof Map<?, ?> map)) {
            throw new EvaluationException("dictsort needs a mapping, but was given " + Types.article(input));
        }
        List<Object> items = new DictView(DictView.Kind.ITEMS, Types.dict(map)).items();
        return sorted(
                items, item -> folded(((Tuple) item).items().get(position), caseSensitive), bound.truth(2, false));
    }

    /** Stable in both directions, as Python's {@code sorted}. */
    private static List<Object> sorted(List<Object> items, Function<Object, Object> key, boolean reverse) {
        Comparator<Object> order = (a, b) -> Operators.compare(key.apply(a), key.apply(b));
        List<Object> copy = new ArrayList<>(items);
        copy.sort(reverse ? order.reversed() : order);
        return copy;
    }

    private static Function<Object, Object> key(Object attribute, boolean caseSensitive) {
        Function<Object, Object> getter = AttributePath.getter(attribute);
        return item -> folded(getter.apply(item), caseSensitive);
    }

    private static Object folded(Object value, boolean caseSensitive) {
        return !caseSensitive && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    static Object unique(Object input, Arguments arguments) {
        var bound = arguments.bind("unique", 0, "case_sensitive", "attribute");
        Function<Object, Object> key = key(bound.get(1, None.NONE), bound.truth(0, false));
        List<Object> seen = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (Object item : Types.list(input)) {
            Object value = key.apply(item);
            if (seen.stream().noneMatch(earlier -> Operators.equal(earlier, value))) {
                seen.add(value);
                kept.add(item);
            }
        }
        return new Lazy(kept.iterator());
    }

    static Object groupBy(Object input, Arguments arguments) {
        var bound = arguments.bind("groupby", 1, "attribute", "default", "case_sensitive");
        boolean caseSensitive = bound.truth(2, false);
        Function<Object, Object> plain = AttributePath.getter(bound.get(0), bound.get(1, None.NONE));
        Function<Object, Object> key = item -> folded(plain.apply(item), caseSensitive);
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        for (Object item : sorted(Types.list(input), key, false)) {
            if (!group.isEmpty() && !Operators.equal(key.apply(group.getFirst()), key.apply(item))) {
                groups.add(group(plain.apply(group.getFirst()), group));
                group = new ArrayList<>();
            }
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(group(plain.apply(group.getFirst()), group));
        }
        return groups;
    }

    private static Tuple group(Object grouper, List<Object> items) {
        return new Tuple(List.of(grouper, items), List.of("grouper", "list"));
    }

    static Object batch(Object input, Arguments arguments) {
        var bound = arguments.bind("batch", 1, "linecount", "fill_with");
        int size = bound.integer(0, 1);
        List<Object> items = Types.list(input);
        List<Object> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            List<Object> batch = new ArrayList<>(items.subList(from, Math.min(items.size(), from + size)));
            while (batch.size() < size && bound.get(1, None.NONE) != None.NONE) {
                batch.add(bound.get(1));
            }
            batches.add(batch);
        }
        return new Lazy(batches.iterator());
    }

    static Object slice(Object input, Arguments arguments) {
        var bound = arguments.bind("slice", 1, "slices", "fill_with");
        int slices = bound.integer(0, 1);
        List<Object> items = Types.list(input);
        List<Object> out = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < slices; i++) {
            boolean longer = i < items.size() % slices;
            int to = from + items.size() / slices + (longer ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            if (!longer && bound.get(1, None.NONE) != None.NONE) {
                part.add(bound.get(1));
            }
            out.add(part);
            from = to;
        }
        return new Lazy(out.iterator());
    }
}
