package org.mlxspring.engine.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * One function of mlx-c, as its header declares it.
 *
 * <p>Every pointer, and every struct of mlx-c that the table uses, is eight bytes and of the integer class, so all are
 * passed as {@code long} (System V and AArch64 calling conventions): handles are structs of one pointer, optionals are
 * structs of a four-byte value and a flag.
 *
 * @param name of the function
 * @param declaration the C declaration without its semicolon, white space as one blank
 */
record Prototype(String name, String declaration) {

    static Prototype parse(String declaration) {
        String text = declaration.replaceAll("\\s+", " ").strip();
        String head = text.substring(0, text.indexOf('('));
        return new Prototype(head.substring(head.lastIndexOf(' ') + 1), text);
    }

    FunctionDescriptor descriptor() {
        String head = declaration.substring(0, declaration.indexOf('('));
        MemoryLayout[] parameters = parameters().stream().map(Prototype::layout).toArray(MemoryLayout[]::new);
        String result = head.substring(0, head.length() - name.length()).strip();
        return result.equals("void")
                ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(layout(result + " result"), parameters);
    }

    /** Parameter declarations, split at the commas outside of parentheses. */
    private List<String> parameters() {
        String inside = declaration.substring(declaration.indexOf('(') + 1, declaration.length() - 1);
        List<String> parameters = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= inside.length(); i++) {
            char c = i == inside.length() ? ',' : inside.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parameters.add(inside.substring(start, i).strip());
                start = i + 1;
            }
        }
        parameters.removeIf(parameter -> parameter.isEmpty() || parameter.equals("void"));
        return parameters;
    }

    private static MemoryLayout layout(String parameter) {
        if (parameter.contains("*")) {
            return ValueLayout.JAVA_LONG;
        }
        String[] words = parameter.replace("const ", "").split(" ");
        return switch (words[0]) {
            case "int", "mlx_dtype", "mlx_device_type" -> ValueLayout.JAVA_INT;
            case "bool" -> ValueLayout.JAVA_BOOLEAN;
            case "float" -> ValueLayout.JAVA_FLOAT;
            case "double" -> ValueLayout.JAVA_DOUBLE;
            case "size_t", "uint64_t", "uintptr_t" -> ValueLayout.JAVA_LONG;
            default -> {
                if (!words[0].startsWith("mlx") || words[0].endsWith("_iterator")) {
                    throw new IllegalArgumentException("No layout for the parameter '" + parameter + "'");
                }
                yield ValueLayout.JAVA_LONG;
            }
        };
    }
}
