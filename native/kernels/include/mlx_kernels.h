/* Kernels for a CPU, as operations on MLX arrays. Every function records an operation, as mlx-c's do: it gives 0, or 1 after
 * it reported an error to mlx-c's handler. Arrays are float32 unless it says otherwise; gradients flow through all. */
#ifndef MLX_KERNELS_H
#define MLX_KERNELS_H

#include "mlx/c/array.h"
#include "mlx/c/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Number of threads that kernels run on. */
int mlxk_threads(size_t* res);

/* x / sqrt(mean(x^2) + eps) * weight over the last axis; weight [features]. */
int mlxk_rms_norm(mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s);

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

/* -log softmax(logits) at targets: [rows, classes] and int32 [rows] to [rows]. */
int mlxk_cross_entropy(mlx_array* res, const mlx_array logits, const mlx_array targets, const mlx_stream s);

#ifdef __cplusplus
}
#endif

#endif
