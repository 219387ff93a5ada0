package org.mlxspring.engine.text.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Python's types over Java's: {@code str} is String, {@code int} Long or BigInteger, {@code float} Double,
 * {@code bool} Boolean, {@code list} List, {@code dict} Map, and the classes of this package for the rest.
 */
final class Types {

    private Types() {}

    /** A value from outside as the renderer needs it, copied so that it can be shared between renderings. */
    static Object fromJava(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case String text -> text;
            case Boolean flag -> flag;
            case BigInteger big -> Numbers.integer(big);
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Number number -> number.doubleValue();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(fromJava(key), fromJava(item)));
                yield copy;
            }
            case Collection<?> items -> {
                List<Object> copy = new ArrayList<>(items.size());
                items.forEach(item -> copy.add(fromJava(item)));
                yield copy;
            }
            case Optional<?> optional -> fromJava(optional.orElse(null));
            default -> "<" + value.getClass().getSimpleName() + ">";
        };
    }

    /** Name of a value's type, for messages. */
    static String name(Object value) {
        return switch (value) {
            case String _ -> "str";
            case Markup _ -> "Markup";
            case Boolean _ -> "bool";
            case Long _, BigInteger _ -> "int";
            case Double _ -> "float";
            case None _ -> "NoneType";
            case Undefined _ -> "Undefined";
            case Tuple _ -> "tuple";
            case Range _ -> "range";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            case DictView(DictView.Kind kind, Map<Object, Object> _) ->
                switch (kind) {
                    case KEYS -> "dict_keys";
                    case VALUES -> "dict_values";
                    case ITEMS -> "dict_items";
                };
            case Lazy _ -> "generator";
            case Namespace _ -> "Namespace";
            case Loop _ -> "LoopContext";
            case Macro _ -> "Macro";
            default -> "function";
        };
    }

    static String article(Object value) {
        String name = name(value);
        return name.equals("int") || name.equals("Undefined") ? "an " + name : "a " + name;
    }

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case None _, Undefined _ -> false;
            case Long number -> number != 0;
            case BigInteger big -> big.signum() != 0;
            case Double number -> number != 0;
            default -> {
                OptionalInt length = length(value);
                yield length.isEmpty() || length.getAsInt() > 0;
            }
        };
    }

    /** Python's {@code len}, where the type has one. */
    static OptionalInt length(Object value) {
        return switch (value) {
            case String text -> OptionalInt.of(PythonText.length(text));
            case Markup(String text) -> length(text);
            case List<?> list -> OptionalInt.of(list.size());
            case Map<?, ?> map -> OptionalInt.of(map.size());
            case Tuple(List<Object> items, _) -> OptionalInt.of(items.size());
            case DictView view -> OptionalInt.of(view.dict().size());
            case Undefined _ -> OptionalInt.of(0);
            case Loop loop -> OptionalInt.of(loop.length());
            default -> OptionalInt.empty();
        };
    }

    static boolean iterable(Object value) {
        return switch (value) {
            case String _, Markup _, List<?> _, Map<?, ?> _, Tuple _, DictView _, Undefined _, Lazy _, Loop _ -> true;
            default -> false;
        };
    }

    static Iterator<Object> iterate(Object value) {
        return switch (value) {
            case String text ->
                text.codePoints().mapToObj(c -> (Object) Character.toString(c)).iterator();
            case Markup(String text) -> iterate(text);
            case List<?> list -> new Copying(list.iterator());
            case Map<?, ?> map -> new Copying(map.keySet().iterator());
            case Tuple(List<Object> items, _) -> items.iterator();
            case DictView view -> view.items().iterator();
            case Undefined _ -> List.of().iterator();
            case Lazy(Iterator<Object> items) -> items;
            default -> throw new EvaluationException("'" + name(value) + "' object is not iterable");
        };
    }

    static List<Object> list(Object value) {
        List<Object> items = new ArrayList<>();
        iterate(value).forEachRemaining(items::add);
        return items;
    }

    @SuppressWarnings("unchecked")
    static Map<Object, Object> dict(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    /** An iterator over items whose type is not known. */
    private record Copying(Iterator<?> items) implements Iterator<Object> {

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public Object next() {
            if (!items.hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
