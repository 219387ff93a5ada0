package org.mlxspring.engine.text.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mlxspring.engine.text.jinja.Statement.Parameter;
import org.mlxspring.engine.text.jinja.Statement.Signature;

/** A macro, or the {@code caller} of a {@code call} block. */
final class Macro implements Callable {

    private final Signature signature;
    private final Function<Map<String, Object>, Object> body;

    /**
     * @param signature its name and parameters
     * @param body renders it, given the variables that were passed; parameters without a value are not among them
     */
    Macro(Signature signature, Function<Map<String, Object>, Object> body) {
        this.signature = signature;
        this.body = body;
    }

    String name() {
        return signature.name();
    }

    @Override
    public Object call(Arguments arguments) {
        List<Parameter> parameters = signature.parameters();
        List<Object> positional = arguments.positional();
        Map<String, Object> keywords = new LinkedHashMap<>(arguments.keywords());
        Map<String, Object> variables = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i).name();
            Object value = i < positional.size() ? positional.get(i) : keywords.remove(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        if (takes("caller")) {
            Object caller = keywords.remove("caller");
            variables.put("caller", caller == null ? new Undefined("no caller is defined") : caller);
        }
        if (takes("kwargs")) {
            variables.put("kwargs", new LinkedHashMap<Object, Object>(keywords));
        } else if (!keywords.isEmpty()) {
            throw new EvaluationException("macro '" + name() + "' takes no argument '"
                    + keywords.keySet().iterator().next() + "'");
        }
        int extra = Math.max(0, positional.size() - parameters.size());
        if (takes("varargs")) {
            variables.put("varargs", new Tuple(positional.subList(positional.size() - extra, positional.size())));
        } else if (extra > 0) {
            throw new EvaluationException("macro '" + name() + "' takes at most " + parameters.size()
                    + " arguments, but " + positional.size() + " were given");
        }
        return body.apply(variables);
    }

    private boolean takes(String special) {
        return signature.special().contains(special)
                && signature.parameters().stream()
                        .noneMatch(parameter -> parameter.name().equals(special));
    }
}
