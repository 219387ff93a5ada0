/* Kernels for a CPU, as operations on MLX arrays. Every function records an operation, as mlx-c's do: it gives 0, or 1 after
 * it reported an error to mlx-c's handler. Arrays are float32 unless it says otherwise; gradients flow through all. */
#ifndef MLX_KERNELS_H
#define MLX_KERNELS_H

#include "mlx/c/array.h"
#include "mlx/c/stream.h"
#include "mlx/c/vector.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Number of threads that kernels run on. */
int mlxk_threads(size_t* res);

/* x / sqrt(mean(x^2) + eps) * weight over the last axis; weight [features]. */
int mlxk_rms_norm(mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s);

/* a + b of the same shape. */
int mlxk_add(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s);

/* The sum of the squares of all numbers of several arrays, a scalar; without a gradient. */
int mlxk_sum_of_squares(mlx_array* res, const mlx_vector_array arrays, const mlx_stream s);

/* x count times, for as many uses, whose gradients are added in one pass. */
int mlxk_fork(mlx_vector_array* res, const mlx_array x, int count, const mlx_stream s);

/* x w + c, with x [..., rows, depth], w [depth, columns] in any layout, and c [columns] or of the result's shape, or
 * empty. float32, bfloat16 and float16, also mixed; sums are float32. Other shapes and types are MLX's matmul and addmm. */
int mlxk_matmul(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array c, const mlx_stream s);

/* x W^T, or x W unless transpose, with W [rows, columns] packed in mlx.core.quantize's affine mode: values
 * [rows, columns * bits / 32], scales and biases [rows, columns / group_size]. Types as mlxk_matmul's; a gradient flows to
 * x alone. */
int mlxk_quantized_matmul(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, bool transpose, int group_size, int bits, const mlx_stream s);

/* x W^T + scale (x a) b, with W [out, in] as it is, or packed as mlxk_quantized_matmul's where scales and biases are not
 * empty; a [in, rank], b [rank, out]. Gradients flow to x, a and b. */
int mlxk_lora(mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, int group_size, int bits, const mlx_array a, const mlx_array b, float scale, const mlx_stream s);

/* activation(gate) * up; activation 0 is SiLU, 1 GELU, 2 GELU by a hyperbolic tangent. */
int mlxk_gated(mlx_array* res, const mlx_array gate, const mlx_array up, int activation, const mlx_stream s);

/* As mlxk_gated, of the first and the second half of the last axis. */
int mlxk_gated_joined(mlx_array* res, const mlx_array gate_up, int activation, const mlx_stream s);

/* Rotary embedding of x [batch, heads, length, features]. Positions begin at offset, again after each of lengths, if any;
 * freqs [dims / 2], or empty for a geometric series from base. */
int mlxk_rope(mlx_array* res, const mlx_array x, int dims, bool traditional, float base, float scale, int offset, const mlx_array freqs, const int* lengths, size_t lengths_num, const mlx_stream s);

/* softmax(scale * q k^T) v without the matrix of scores: q [batch, heads, length, features], k and v with heads that several
 * heads of q share. A causal query sees no keys behind its position, where the last query is at that of the last key, and of
 * those before it the last window, or all for 0. With lengths, a batch of one holds rows one behind the other. */
int mlxk_attention(mlx_array* res, const mlx_array q, const mlx_array k, const mlx_array v, float scale, bool causal, int window, const int* lengths, size_t lengths_num, const mlx_stream s);

/* A step of Adam: new parameter, m and v. rate is the learning rate, over 1 - beta1^t with bias correction; unbias 1, or 1 /
 * sqrt(1 - beta2^t); keep the factor of weight decay on the parameter. */
int mlxk_adam(mlx_vector_array* res, const mlx_array parameter, const mlx_array gradient, const mlx_array m, const mlx_array v, double beta1, double beta2, float eps, float rate, float unbias, float keep, const mlx_stream s);

/* -log softmax(logits) at targets: [rows, classes] and int32 [rows] to [rows]. */
int mlxk_cross_entropy(mlx_array* res, const mlx_array logits, const mlx_array targets, const mlx_stream s);

#ifdef __cplusplus
}
#endif

#endif
