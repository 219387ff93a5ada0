package org.mlxspring.engine.ffi;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The functions of our own library of kernels for a CPU, one line each: the declaration as it stands in {@code
 * mlx_kernels.h}. Usable only where {@link KernelCalls#present()} says so. {@link KernelCalls} invokes them.
 */
final class MlxKernels {

    private static final SymbolLookup LIBRARY = MlxC.LIBRARIES.kernels().orElseThrow();
    private static final List<Prototype> TABLE = new ArrayList<>();

    // Files of tensors, mlx_tensor_file.h
    static final MethodHandle TENSOR_FILE_POSSIBLE = bind("int mlxk_tensor_file_possible(bool* res)");
    static final MethodHandle TENSOR_FILE_NEW =
            bind("int mlxk_tensor_file_new(mlxk_tensor_file* res, const char* file)");
    static final MethodHandle TENSOR_FILE_ARRAY = bind(
            "int mlxk_tensor_file_array(mlx_array* res, mlxk_tensor_file file, size_t offset, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_stream s)");
    static final MethodHandle TENSOR_FILE_FREE = bind("int mlxk_tensor_file_free(mlxk_tensor_file file)");

    // Kernels, mlx_kernels.h
    static final MethodHandle THREADS = bind("int mlxk_threads(size_t* res)");
    static final MethodHandle RMS_NORM = bind(
            "int mlxk_rms_norm(mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s)");
    static final MethodHandle ADD =
            bind("int mlxk_add(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    static final MethodHandle SUM_OF_SQUARES =
            bind("int mlxk_sum_of_squares(mlx_array* res, const mlx_vector_array arrays, const mlx_stream s)");
    static final MethodHandle FORK =
            bind("int mlxk_fork(mlx_vector_array* res, const mlx_array x, int count, const mlx_stream s)");
    static final MethodHandle GATED = bind(
            "int mlxk_gated(mlx_array* res, const mlx_array gate, const mlx_array up, int activation, const mlx_stream s)");
    static final MethodHandle GATED_JOINED =
            bind("int mlxk_gated_joined(mlx_array* res, const mlx_array gate_up, int activation, const mlx_stream s)");
    static final MethodHandle ROPE = bind(
            "int mlxk_rope(mlx_array* res, const mlx_array x, int dims, bool traditional, float base, float scale, int offset, const mlx_array freqs, const int* lengths, size_t lengths_num, const mlx_stream s)");
    static final MethodHandle ATTENTION = bind(
            "int mlxk_attention(mlx_array* res, const mlx_array q, const mlx_array k, const mlx_array v, float scale, bool causal, int window, const int* lengths, size_t lengths_num, const mlx_stream s)");
    static final MethodHandle ADAM = bind(
            "int mlxk_adam(mlx_vector_array* res, const mlx_array parameter, const mlx_array gradient, const mlx_array m, const mlx_array v, double beta1, double beta2, float eps, float rate, float unbias, float keep, const mlx_stream s)");
    static final MethodHandle CROSS_ENTROPY = bind(
            "int mlxk_cross_entropy(mlx_array* res, const mlx_array logits, const mlx_array targets, const mlx_stream s)");

    static final MethodHandle MATMUL = bind(
            "int mlxk_matmul(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array c, const mlx_stream s)");
    static final MethodHandle QUANTIZED_MATMUL = bind(
            "int mlxk_quantized_matmul(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales,"
                    + " const mlx_array biases, bool transpose, int group_size, int bits, const mlx_stream s)");
    static final MethodHandle LORA =
            bind("int mlxk_lora(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales,"
                    + " const mlx_array biases, int group_size, int bits, const mlx_array a, const mlx_array b,"
                    + " float scale, const mlx_stream s)");

    private MlxKernels() {}

    /** Every line of the table, for the test that compares it with the header. */
    static List<Prototype> table() {
        return Collections.unmodifiableList(TABLE);
    }

    private static MethodHandle bind(String declaration) {
        Prototype prototype = Prototype.parse(declaration);
        TABLE.add(prototype);
        return LIBRARY.find(prototype.name())
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, prototype.descriptor()))
                .orElseThrow(
                        () -> new NativeLibraryException("The library mlxkernels that was found lacks the function "
                                + prototype.name() + ". Use the jar mlx-native of this engine's version, or start with"
                                + " -Dmlx.kernels=false to go on without it, slowly."));
    }
}
