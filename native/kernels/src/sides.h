// Blocks of a side of a product as float32, unpacked where they are something else.
#pragma once

#include <memory>

#include "gemm.h"

namespace kernels {

// Memory of a thread that grows and is kept, since products follow each other closely.
class Scratch {
 public:
  char* bytes(long count);
  float* floats(long count) {
    return reinterpret_cast<float*>(bytes(count * sizeof(float)));
  }

 private:
  struct Free {
    void operator()(void* memory) const;
  };
  std::unique_ptr<void, Free> memory_;
  long size_ = 0;
};

// Pieces of bfloat16 that a number of the side may need.
int pieces(const Side& side);

// Lanes from lane on, along the depth from k on; valid until scratch is used again.
Lanes block(const Side& side, long lane, long lanes, long k, long depth, Scratch& scratch);

}  // namespace kernels
