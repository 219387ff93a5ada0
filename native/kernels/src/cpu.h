// What the processor at hand can do, and the choice among the functions compiled for several instruction sets.
#pragma once

namespace kernels {

struct Cpu {
  bool avx2 = false;
  bool avx512 = false;
  bool amx = false;  // bfloat16 tiles, which the system has allowed this process to use
};

// Looked up once. MLX_KERNEL_ISA=base|avx2|avx512 leaves out what is above, for tests.
const Cpu& cpu();

// Declares the tables of functions that a *.simd.cpp defines in every namespace.
#if defined(__x86_64__)
#define KERNELS_DECLARE(Type, name)              \
  namespace base { extern const Type name; }     \
  namespace avx2 { extern const Type name; }     \
  namespace avx512 { extern const Type name; }
#define KERNELS_CHOOSE(name) \
  (cpu().avx512 ? avx512::name : cpu().avx2 ? avx2::name : base::name)
#else
#define KERNELS_DECLARE(Type, name) \
  namespace base { extern const Type name; }
#define KERNELS_CHOOSE(name) (base::name)
#endif

}  // namespace kernels
