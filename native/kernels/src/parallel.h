// One pool of threads for all kernels.
#pragma once

#include <functional>

namespace kernels {

// Number of threads: physical cores that this process may use, or MLX_KERNEL_THREADS, else OPENBLAS_NUM_THREADS.
int threads();

// Calls work(begin, end) for parts of 0..count on all threads and returns when all are done. Parts are at least grain
// long; a call from within work runs on its own thread.
void parallel(long count, long grain, const std::function<void(long, long)>& work);

}  // namespace kernels
