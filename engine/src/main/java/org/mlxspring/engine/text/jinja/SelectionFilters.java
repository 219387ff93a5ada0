package org.mlxspring.engine.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Filters that go through a sequence item by item: {@code map}, {@code select} and their kin. */
final class SelectionFilters {

    private SelectionFilters() {}

    static Object map(Object input, Arguments arguments) {
        return lazy(input, items -> items.map(mapping(arguments)));
    }

    private static Function<Object, Object> mapping(Arguments arguments) {
        if (arguments.positional().isEmpty() && arguments.keywords().containsKey("attribute")) {
            var bound = arguments.bind("map", 0, "attribute", "default");
            return AttributePath.getter(bound.get(0), bound.get(1, None.NONE));
        }
        if (arguments.positional().isEmpty()) {
            throw new EvaluationException("map() needs the name of a filter, or attribute=");
        }
        String name = Representation.text(arguments.positional().getFirst());
        Arguments rest = without(arguments, 1);
        return item -> Filters.apply(name, item, rest);
    }

    static Object select(Object input, Arguments arguments, boolean keep, boolean byAttribute) {
        return lazy(input, items -> items.filter(condition(arguments, keep, byAttribute)));
    }

    private static Predicate<Object> condition(Arguments arguments, boolean keep, boolean byAttribute) {
        List<Object> positional = arguments.positional();
        if (byAttribute && positional.isEmpty()) {
            throw new EvaluationException((keep ? "selectattr" : "rejectattr") + "() needs the name of an attribute");
        }
        Function<Object, Object> value = AttributePath.getter(byAttribute ? positional.getFirst() : None.NONE);
        int nameAt = byAttribute ? 1 : 0;
        if (positional.size() <= nameAt) {
            return item -> Types.truth(value.apply(item)) == keep;
        }
        String name = Representation.text(positional.get(nameAt));
        Arguments rest = without(arguments, nameAt + 1);
        return item -> Predicates.test(name, value.apply(item), rest) == keep;
    }

    private static Arguments without(Arguments arguments, int count) {
        List<Object> positional = arguments.positional();
        Map<String, Object> keywords = new LinkedHashMap<>(arguments.keywords());
        return new Arguments(new ArrayList<>(positional.subList(count, positional.size())), keywords);
    }

    /** Nothing runs before the first item is read; what is empty is not looked at, as in jinja2. */
    private static Lazy lazy(Object input, Function<Stream<Object>, Stream<Object>> steps) {
        return new Lazy(new Deferred(input, steps));
    }

    private static final class Deferred implements Iterator<Object> {

        private final Object input;
        private final Function<Stream<Object>, Stream<Object>> steps;
        private Iterator<Object> items = List.of().iterator();
        private boolean started;

        Deferred(Object input, Function<Stream<Object>, Stream<Object>> steps) {
            this.input = input;
            this.steps = steps;
        }

        @Override
        public boolean hasNext() {
            if (!started && Types.truth(input)) {
                var source = Spliterators.spliteratorUnknownSize(Types.iterate(input), 0);
                items = steps.apply(StreamSupport.stream(source, false)).iterator();
            }
            started = true;
            return items.hasNext();
        }

        @Override
        public Object next() {
            hasNext();
            return items.next();
        }
    }
}
