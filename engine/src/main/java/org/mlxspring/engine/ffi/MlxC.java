package org.mlxspring.engine.ffi;

import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The functions of mlx-c that the engine calls, one line each: the declaration as it stands in mlx-c's headers. Bind what
 * is called, nothing else. {@link Calls} and {@link HandleCalls} invoke them.
 */
public final class MlxC {

    static final NativeLibraries.Opened LIBRARIES = NativeLibraries.open();
    private static final List<Prototype> TABLE = new ArrayList<>();

    // Version and errors
    public static final MethodHandle VERSION = bind("int mlx_version(mlx_string* str_)");
    public static final MethodHandle STRING_DATA = bind("const char* mlx_string_data(mlx_string str)");
    public static final MethodHandle STRING_FREE = bind("int mlx_string_free(mlx_string str)");
    public static final MethodHandle SET_ERROR_HANDLER =
            bind("void mlx_set_error_handler(mlx_error_handler_func handler, void* data, void (*dtor)(void*))");

    // Devices, streams and memory
    public static final MethodHandle DEVICE_COUNT = bind("int mlx_device_count(int* count, mlx_device_type type)");
    public static final MethodHandle DEVICE_NEW_TYPE =
            bind("mlx_device mlx_device_new_type(mlx_device_type type, int index)");
    public static final MethodHandle DEVICE_INFO_GET =
            bind("int mlx_device_info_get(mlx_device_info* info, mlx_device dev)");
    public static final MethodHandle DEVICE_INFO_FREE = bind("int mlx_device_info_free(mlx_device_info info)");
    public static final MethodHandle DEVICE_INFO_HAS_KEY =
            bind("int mlx_device_info_has_key(bool* exists, mlx_device_info info, const char* key)");
    public static final MethodHandle DEVICE_INFO_GET_SIZE =
            bind("int mlx_device_info_get_size(size_t* value, mlx_device_info info, const char* key)");
    public static final MethodHandle SET_DEFAULT_DEVICE = bind("int mlx_set_default_device(mlx_device dev)");
    public static final MethodHandle DEFAULT_CPU_STREAM_NEW = bind("mlx_stream mlx_default_cpu_stream_new(void)");
    public static final MethodHandle DEFAULT_GPU_STREAM_NEW = bind("mlx_stream mlx_default_gpu_stream_new(void)");
    public static final MethodHandle GET_ACTIVE_MEMORY = bind("int mlx_get_active_memory(size_t* res)");
    public static final MethodHandle GET_CACHE_MEMORY = bind("int mlx_get_cache_memory(size_t* res)");
    public static final MethodHandle GET_PEAK_MEMORY = bind("int mlx_get_peak_memory(size_t* res)");
    public static final MethodHandle RESET_PEAK_MEMORY = bind("int mlx_reset_peak_memory(void)");
    public static final MethodHandle SET_CACHE_LIMIT = bind("int mlx_set_cache_limit(size_t* res, size_t limit)");
    public static final MethodHandle CLEAR_CACHE = bind("int mlx_clear_cache(void)");

    // Arrays
    public static final MethodHandle ARRAY_NEW_DATA =
            bind("mlx_array mlx_array_new_data(const void* data, const int* shape, int dim, mlx_dtype dtype)");
    public static final MethodHandle ARRAY_NEW_FLOAT32 = bind("mlx_array mlx_array_new_float32(float val)");
    public static final MethodHandle ARRAY_NEW_INT = bind("mlx_array mlx_array_new_int(int val)");
    public static final MethodHandle ARRAY_EVAL = bind("int mlx_array_eval(mlx_array arr)");
    public static final MethodHandle ARRAY_IS_ROW_CONTIGUOUS =
            bind("int _mlx_array_is_row_contiguous(bool* res, const mlx_array arr)");
    public static final MethodHandle ARRAY_FREE = bind("int mlx_array_free(mlx_array arr)");
    public static final MethodHandle ARRAY_SHAPE = bind("const int* mlx_array_shape(const mlx_array arr)");
    public static final MethodHandle ARRAY_NDIM = bind("size_t mlx_array_ndim(const mlx_array arr)");
    public static final MethodHandle ARRAY_SIZE = bind("size_t mlx_array_size(const mlx_array arr)");
    public static final MethodHandle ARRAY_NBYTES = bind("size_t mlx_array_nbytes(const mlx_array arr)");
    public static final MethodHandle ARRAY_DTYPE = bind("mlx_dtype mlx_array_dtype(const mlx_array arr)");
    public static final MethodHandle ARRAY_DATA_FLOAT32 =
            bind("const float* mlx_array_data_float32(const mlx_array arr)");
    public static final MethodHandle ARRAY_DATA_UINT8 =
            bind("const uint8_t* mlx_array_data_uint8(const mlx_array arr)");
    public static final MethodHandle ARRAY_DATA_INT32 =
            bind("const int32_t* mlx_array_data_int32(const mlx_array arr)");
    public static final MethodHandle ARRAY_DATA_UINT32 =
            bind("const uint32_t* mlx_array_data_uint32(const mlx_array arr)");

    // Vectors and closures
    public static final MethodHandle VECTOR_ARRAY_NEW_DATA =
            bind("mlx_vector_array mlx_vector_array_new_data(const mlx_array* data, size_t size)");
    public static final MethodHandle VECTOR_ARRAY_SET_DATA =
            bind("int mlx_vector_array_set_data(mlx_vector_array* vec, const mlx_array* data, size_t size)");
    public static final MethodHandle VECTOR_ARRAY_FREE = bind("int mlx_vector_array_free(mlx_vector_array vec)");
    public static final MethodHandle VECTOR_ARRAY_SIZE = bind("size_t mlx_vector_array_size(mlx_vector_array vec)");
    public static final MethodHandle VECTOR_ARRAY_GET =
            bind("int mlx_vector_array_get(mlx_array* res, const mlx_vector_array vec, size_t idx)");
    public static final MethodHandle CLOSURE_NEW_FUNC_PAYLOAD = bind(
            "mlx_closure mlx_closure_new_func_payload(int (*fun)(mlx_vector_array*, const mlx_vector_array, void*), void* payload, void (*dtor)(void*))");
    public static final MethodHandle CLOSURE_FREE = bind("int mlx_closure_free(mlx_closure cls)");
    public static final MethodHandle CLOSURE_APPLY =
            bind("int mlx_closure_apply(mlx_vector_array* res, mlx_closure cls, const mlx_vector_array input)");
    public static final MethodHandle CLOSURE_VALUE_AND_GRAD_APPLY = bind(
            "int mlx_closure_value_and_grad_apply(mlx_vector_array* res_0, mlx_vector_array* res_1, mlx_closure_value_and_grad cls, const mlx_vector_array input)");
    public static final MethodHandle CLOSURE_VALUE_AND_GRAD_FREE =
            bind("int mlx_closure_value_and_grad_free(mlx_closure_value_and_grad cls)");

    // Transforms
    public static final MethodHandle EVAL = bind("int mlx_eval(const mlx_vector_array outputs)");
    public static final MethodHandle ASYNC_EVAL = bind("int mlx_async_eval(const mlx_vector_array outputs)");
    public static final MethodHandle VALUE_AND_GRAD = bind(
            "int mlx_value_and_grad(mlx_closure_value_and_grad* res, const mlx_closure fun, const int* argnums, size_t argnums_num)");
    public static final MethodHandle DEPENDS = bind(
            "int mlx_depends(mlx_vector_array* res, const mlx_vector_array inputs, const mlx_vector_array dependencies)");
    public static final MethodHandle CHECKPOINT = bind("int mlx_checkpoint(mlx_closure* res, const mlx_closure fun)");

    // Unary operations
    public static final MethodHandle NEGATIVE =
            bind("int mlx_negative(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle EXP = bind("int mlx_exp(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle LOG = bind("int mlx_log(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle SQRT = bind("int mlx_sqrt(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle RSQRT =
            bind("int mlx_rsqrt(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle SQUARE =
            bind("int mlx_square(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle ABS = bind("int mlx_abs(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle SIGMOID =
            bind("int mlx_sigmoid(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle TANH = bind("int mlx_tanh(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle ISFINITE =
            bind("int mlx_isfinite(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle STOP_GRADIENT =
            bind("int mlx_stop_gradient(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle TRANSPOSE =
            bind("int mlx_transpose(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle ERF = bind("int mlx_erf(mlx_array* res, const mlx_array a, const mlx_stream s)");
    public static final MethodHandle VIEW =
            bind("int mlx_view(mlx_array* res, const mlx_array a, mlx_dtype dtype, const mlx_stream s)");

    // Binary operations
    public static final MethodHandle ADD =
            bind("int mlx_add(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle SUBTRACT =
            bind("int mlx_subtract(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle MULTIPLY =
            bind("int mlx_multiply(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle DIVIDE =
            bind("int mlx_divide(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle FLOOR_DIVIDE =
            bind("int mlx_floor_divide(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle MATMUL =
            bind("int mlx_matmul(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle POWER =
            bind("int mlx_power(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle MAXIMUM =
            bind("int mlx_maximum(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle MINIMUM =
            bind("int mlx_minimum(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle EQUAL =
            bind("int mlx_equal(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle LESS =
            bind("int mlx_less(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle LESS_EQUAL =
            bind("int mlx_less_equal(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle GREATER =
            bind("int mlx_greater(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle GREATER_EQUAL =
            bind("int mlx_greater_equal(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle LOGICAL_AND =
            bind("int mlx_logical_and(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s)");
    public static final MethodHandle WHERE = bind(
            "int mlx_where(mlx_array* res, const mlx_array condition, const mlx_array x, const mlx_array y, const mlx_stream s)");
    public static final MethodHandle ADDMM = bind(
            "int mlx_addmm(mlx_array* res, const mlx_array c, const mlx_array a, const mlx_array b, float alpha, float beta, const mlx_stream s)");

    // Reductions
    public static final MethodHandle SUM =
            bind("int mlx_sum(mlx_array* res, const mlx_array a, bool keepdims, const mlx_stream s)");
    public static final MethodHandle SUM_AXIS =
            bind("int mlx_sum_axis(mlx_array* res, const mlx_array a, int axis, bool keepdims, const mlx_stream s)");
    public static final MethodHandle MEAN_AXIS =
            bind("int mlx_mean_axis(mlx_array* res, const mlx_array a, int axis, bool keepdims, const mlx_stream s)");
    public static final MethodHandle MAX_AXIS =
            bind("int mlx_max_axis(mlx_array* res, const mlx_array a, int axis, bool keepdims, const mlx_stream s)");
    public static final MethodHandle ARGMAX_AXIS =
            bind("int mlx_argmax_axis(mlx_array* res, const mlx_array a, int axis, bool keepdims, const mlx_stream s)");
    public static final MethodHandle LOGSUMEXP_AXIS = bind(
            "int mlx_logsumexp_axis(mlx_array* res, const mlx_array a, int axis, bool keepdims, const mlx_stream s)");
    public static final MethodHandle SOFTMAX_AXIS =
            bind("int mlx_softmax_axis(mlx_array* res, const mlx_array a, int axis, bool precise, const mlx_stream s)");
    public static final MethodHandle CUMSUM_AXIS = bind(
            "int mlx_cumsum_axis(mlx_array* res, const mlx_array a, int axis, bool reverse, bool inclusive, mlx_optional_dtype dtype, const mlx_stream s)");
    public static final MethodHandle ARGSORT_AXIS =
            bind("int mlx_argsort_axis(mlx_array* res, const mlx_array a, int axis, const mlx_stream s)");
    public static final MethodHandle SORT_AXIS =
            bind("int mlx_sort_axis(mlx_array* res, const mlx_array a, int axis, const mlx_stream s)");
    public static final MethodHandle MEAN =
            bind("int mlx_mean(mlx_array* res, const mlx_array a, bool keepdims, const mlx_stream s)");
    public static final MethodHandle ARGPARTITION_AXIS =
            bind("int mlx_argpartition_axis(mlx_array* res, const mlx_array a, int kth, int axis, const mlx_stream s)");

    // Shapes and indices
    public static final MethodHandle ASTYPE =
            bind("int mlx_astype(mlx_array* res, const mlx_array a, mlx_dtype dtype, const mlx_stream s)");
    public static final MethodHandle RESHAPE = bind(
            "int mlx_reshape(mlx_array* res, const mlx_array a, const int* shape, size_t shape_num, const mlx_stream s)");
    public static final MethodHandle TRANSPOSE_AXES = bind(
            "int mlx_transpose_axes(mlx_array* res, const mlx_array a, const int* axes, size_t axes_num, const mlx_stream s)");
    public static final MethodHandle EXPAND_DIMS =
            bind("int mlx_expand_dims(mlx_array* res, const mlx_array a, int axis, const mlx_stream s)");
    public static final MethodHandle SQUEEZE_AXIS =
            bind("int mlx_squeeze_axis(mlx_array* res, const mlx_array a, int axis, const mlx_stream s)");
    public static final MethodHandle BROADCAST_TO = bind(
            "int mlx_broadcast_to(mlx_array* res, const mlx_array a, const int* shape, size_t shape_num, const mlx_stream s)");
    public static final MethodHandle SLICE = bind(
            "int mlx_slice(mlx_array* res, const mlx_array a, const int* start, size_t start_num, const int* stop, size_t stop_num, const int* strides, size_t strides_num, const mlx_stream s)");
    public static final MethodHandle SLICE_UPDATE = bind(
            "int mlx_slice_update(mlx_array* res, const mlx_array src, const mlx_array update, const int* start, size_t start_num, const int* stop, size_t stop_num, const int* strides, size_t strides_num, const mlx_stream s)");
    public static final MethodHandle CONCATENATE_AXIS = bind(
            "int mlx_concatenate_axis(mlx_array* res, const mlx_vector_array arrays, int axis, const mlx_stream s)");
    public static final MethodHandle SPLIT_SECTIONS = bind(
            "int mlx_split_sections(mlx_vector_array* res, const mlx_array a, const int* indices, size_t indices_num, int axis, const mlx_stream s)");
    public static final MethodHandle STACK_AXIS =
            bind("int mlx_stack_axis(mlx_array* res, const mlx_vector_array arrays, int axis, const mlx_stream s)");
    public static final MethodHandle TAKE_AXIS = bind(
            "int mlx_take_axis(mlx_array* res, const mlx_array a, const mlx_array indices, int axis, const mlx_stream s)");
    public static final MethodHandle TAKE_ALONG_AXIS = bind(
            "int mlx_take_along_axis(mlx_array* res, const mlx_array a, const mlx_array indices, int axis, const mlx_stream s)");
    public static final MethodHandle PUT_ALONG_AXIS = bind(
            "int mlx_put_along_axis(mlx_array* res, const mlx_array a, const mlx_array indices, const mlx_array values, int axis, const mlx_stream s)");
    public static final MethodHandle CONTIGUOUS =
            bind("int mlx_contiguous(mlx_array* res, const mlx_array a, bool allow_col_major, const mlx_stream s)");
    public static final MethodHandle ARANGE = bind(
            "int mlx_arange(mlx_array* res, double start, double stop, double step, mlx_dtype dtype, const mlx_stream s)");
    public static final MethodHandle FULL = bind(
            "int mlx_full(mlx_array* res, const int* shape, size_t shape_num, const mlx_array vals, mlx_dtype dtype, const mlx_stream s)");
    public static final MethodHandle ZEROS = bind(
            "int mlx_zeros(mlx_array* res, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_stream s)");
    public static final MethodHandle ONES = bind(
            "int mlx_ones(mlx_array* res, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_stream s)");

    // Fast kernels
    public static final MethodHandle FAST_RMS_NORM = bind(
            "int mlx_fast_rms_norm(mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s)");
    public static final MethodHandle FAST_LAYER_NORM = bind(
            "int mlx_fast_layer_norm(mlx_array* res, const mlx_array x, const mlx_array weight, const mlx_array bias, float eps, const mlx_stream s)");
    public static final MethodHandle FAST_ROPE = bind(
            "int mlx_fast_rope(mlx_array* res, const mlx_array x, int dims, bool traditional, mlx_optional_float base, float scale, int offset, const mlx_array freqs, const mlx_stream s)");
    public static final MethodHandle FAST_SCALED_DOT_PRODUCT_ATTENTION = bind(
            "int mlx_fast_scaled_dot_product_attention(mlx_array* res, const mlx_array queries, const mlx_array keys, const mlx_array values, float scale, const char* mask_mode, const mlx_array mask_arr, const mlx_array sinks, bool force_fused, const mlx_stream s)");

    // Quantized weights and experts
    public static final MethodHandle QUANTIZE = bind(
            "int mlx_quantize(mlx_vector_array* res, const mlx_array w, mlx_optional_int group_size, mlx_optional_int bits, const char* mode, const mlx_array global_scale, const mlx_stream s)");
    public static final MethodHandle DEQUANTIZE = bind(
            "int mlx_dequantize(mlx_array* res, const mlx_array w, const mlx_array scales, const mlx_array biases, mlx_optional_int group_size, mlx_optional_int bits, const char* mode, const mlx_array global_scale, mlx_optional_dtype dtype, const mlx_stream s)");
    public static final MethodHandle QUANTIZED_MATMUL = bind(
            "int mlx_quantized_matmul(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, bool transpose, mlx_optional_int group_size, mlx_optional_int bits, const char* mode, const mlx_stream s)");
    public static final MethodHandle GATHER_MM = bind(
            "int mlx_gather_mm(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_array lhs_indices, const mlx_array rhs_indices, bool sorted_indices, const mlx_stream s)");
    public static final MethodHandle GATHER_QMM = bind(
            "int mlx_gather_qmm(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, const mlx_array lhs_indices, const mlx_array rhs_indices, bool transpose, mlx_optional_int group_size, mlx_optional_int bits, const char* mode, bool sorted_indices, const mlx_stream s)");

    // Random numbers
    public static final MethodHandle RANDOM_KEY = bind("int mlx_random_key(mlx_array* res, uint64_t seed)");
    public static final MethodHandle RANDOM_SPLIT =
            bind("int mlx_random_split(mlx_array* res_0, mlx_array* res_1, const mlx_array key, const mlx_stream s)");
    public static final MethodHandle RANDOM_UNIFORM = bind(
            "int mlx_random_uniform(mlx_array* res, const mlx_array low, const mlx_array high, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_array key, const mlx_stream s)");
    public static final MethodHandle RANDOM_NORMAL = bind(
            "int mlx_random_normal(mlx_array* res, const int* shape, size_t shape_num, mlx_dtype dtype, float loc, float scale, const mlx_array key, const mlx_stream s)");
    public static final MethodHandle RANDOM_BERNOULLI = bind(
            "int mlx_random_bernoulli(mlx_array* res, const mlx_array p, const int* shape, size_t shape_num, const mlx_array key, const mlx_stream s)");
    public static final MethodHandle RANDOM_CATEGORICAL = bind(
            "int mlx_random_categorical(mlx_array* res, const mlx_array logits, int axis, const mlx_array key, const mlx_stream s)");

    // Several processes
    public static final MethodHandle DISTRIBUTED_INIT =
            bind("int mlx_distributed_init(mlx_distributed_group* res, bool strict, const char* bk)");
    public static final MethodHandle DISTRIBUTED_GROUP_RANK =
            bind("int mlx_distributed_group_rank(mlx_distributed_group group)");
    public static final MethodHandle DISTRIBUTED_GROUP_SIZE =
            bind("int mlx_distributed_group_size(mlx_distributed_group group)");
    public static final MethodHandle DISTRIBUTED_ALL_SUM = bind(
            "int mlx_distributed_all_sum(mlx_array* res, const mlx_array x, const mlx_distributed_group group, const mlx_stream s)");
    public static final MethodHandle DISTRIBUTED_ALL_GATHER = bind(
            "int mlx_distributed_all_gather(mlx_array* res, const mlx_array x, const mlx_distributed_group group, const mlx_stream S)");

    // Files
    public static final MethodHandle LOAD_SAFETENSORS = bind(
            "int mlx_load_safetensors(mlx_map_string_to_array* res_0, mlx_map_string_to_string* res_1, const char* file, const mlx_stream s)");
    public static final MethodHandle MAP_STRING_TO_ARRAY_FREE =
            bind("int mlx_map_string_to_array_free(mlx_map_string_to_array map)");
    public static final MethodHandle MAP_STRING_TO_ARRAY_GET = bind(
            "int mlx_map_string_to_array_get(mlx_array* value, const mlx_map_string_to_array map, const char* key)");
    public static final MethodHandle MAP_STRING_TO_STRING_FREE =
            bind("int mlx_map_string_to_string_free(mlx_map_string_to_string map)");

    private MlxC() {}

    /** Every line of the table, for the test that compares it with the headers. */
    static List<Prototype> table() {
        return Collections.unmodifiableList(TABLE);
    }

    private static MethodHandle bind(String declaration) {
        Prototype prototype = Prototype.parse(declaration);
        TABLE.add(prototype);
        return LIBRARIES
                .mlxc()
                .find(prototype.name())
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, prototype.descriptor()))
                .orElseThrow(() -> new NativeLibraryException("The library mlxc that was found lacks the function "
                        + prototype.name() + ", so it is not mlx-c " + EngineVersions.MLX_C
                        + ". Use the jar mlx-native of this engine's version, or that version of mlx-c."));
    }
}
