// The innermost part of a matrix product: small tiles of the result from packed panels of both sides. A panel holds a few
// rows of the left side, or a few columns of the right, along a part of the depth, as the instructions want them.
#pragma once

#include "cpu.h"

namespace kernels {

// A packed panel.
struct Panel {
  const void* at;
  int room;    // pieces that each number has room for
  int pieces;  // those that are not all zero
};

// A part of the result, at most a panel's rows and columns.
struct Part {
  float* at;
  long step;  // from row to row
  long rows;
  long columns;
  bool add;  // to what is there
};

// Numbers as they lie in memory: lanes (rows of the left side, columns of the right), and along the depth.
struct Lanes {
  const float* at;
  long lane_step;
  long depth_step;
};

struct Tiles {
  long rows;     // of a panel of the left side
  long columns;  // of a panel of the right side
  long depth;    // of a panel, at most

  // Bytes of a panel with room for so many pieces of each number.
  long (*left_bytes)(long depth, int room);
  long (*right_bytes)(long depth, int room);

  // Packs at most a panel's lanes; one of their steps is 1. Gives the number of pieces that are not all zero, or 0 if a
  // number is not finite and so cannot be split.
  int (*pack_left)(Lanes from, long lanes, long depth, int room, void* to);
  int (*pack_right)(Lanes from, long lanes, long depth, int room, void* to);

  void (*multiply)(const Panel& left, const Panel& right, long depth, const Part& part);

  // After the last product of a thread for the time being.
  void (*rest)();
};

// Products in float32 of a left side that is not packed.
struct DirectTiles {
  long rows;     // at a time
  long columns;  // that are read of each row of the right side, or half of them where half is enough
  // Any number of rows.
  void (*multiply)(Lanes left, const float* right, long right_step, long depth, const Part& part);
};

KERNELS_DECLARE(Tiles, float_tiles)
KERNELS_DECLARE(DirectTiles, direct_tiles)

#if defined(__x86_64__)
// Tiles of bfloat16 (AMX). A float32 is the sum of three bfloat16, its pieces; a product of two is the sum of those
// products of pieces that are large enough to matter.
extern const Tiles bfloat_tiles;
#endif

}  // namespace kernels
