#include "cpu.h"

#include <cstdlib>
#include <cstring>

#if defined(__x86_64__) && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace kernels {

namespace {

#if defined(__x86_64__)
// Linux gives tiles only to processes that ask (Documentation/arch/x86/xstate.rst).
bool allowed_tiles() {
#if defined(__linux__)
  constexpr long ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18;
  return syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
#else
  return false;
#endif
}

bool has_tiles() {
  unsigned a, b, c, d;
  __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
  constexpr unsigned AMX_BF16 = 1u << 22, AMX_TILE = 1u << 24;
  return (d & AMX_BF16) && (d & AMX_TILE);
}
#endif

Cpu look() {
  Cpu found;
#if defined(__x86_64__)
  const char* limit = std::getenv("MLX_KERNEL_ISA");
  auto within = [&](const char* name) { return !limit || std::strcmp(limit, name) == 0; };
  __builtin_cpu_init();
  found.avx512 = (within("avx512") || within("amx")) && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  found.avx2 = (found.avx512 || within("avx2")) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  found.amx = found.avx512 && within("amx") && __builtin_cpu_supports("avx512bf16") && has_tiles() && allowed_tiles();
#endif
  return found;
}

}  // namespace

const Cpu& cpu() {
  static const Cpu found = look();
  return found;
}

}  // namespace kernels
