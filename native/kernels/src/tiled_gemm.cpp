// The loops around the tiles are those of BLIS (Van Zee and van de Geijn, 2015): blocks of the right side are packed once
// for all threads and lie in the shared cache; blocks of the left side are packed by the thread that multiplies them and
// lie in its own; a panel of the right side stays in the nearest cache while the panels of a left block pass.
#include "tiled_gemm.h"

#include <algorithm>
#include <vector>

#include "parallel.h"
#include "sides.h"

namespace kernels {

namespace {

constexpr long RIGHT_BYTES = 8 << 20;    // packed at a time, at most
constexpr long RIGHT_DEPTH = 2048;       // of what is packed at a time
constexpr long LEFT_ROWS = 256;          // of a block
constexpr long RIGHT_COLUMNS = 512;      // that a thread multiplies a block with
constexpr long PANELS_AT_ONCE = 4;       // that are packed together: unpacked weights are wider than a panel

long up(long a, long b) {
  return (a + b - 1) / b;
}

thread_local Scratch right_panels, left_panels, unpacked_left, unpacked_right, edge_panel;

class TiledGemm {
 public:
  TiledGemm(const Tiles& tiles, const Side& left, const Side& right, float* result, long step, long rows)
      : tiles_(tiles), left_(left), right_(right), result_(result), step_(step), rows_(rows),
        left_room_(pieces(left)), right_room_(pieces(right)) {}

  void run(long columns, long depth, bool add) {
    for (long k = 0; k < depth; k += RIGHT_DEPTH) {
      long some_depth = std::min(RIGHT_DEPTH, depth - k);
      long panel = tiles_.right_bytes(std::min(some_depth, tiles_.depth), right_room_) * up(some_depth, tiles_.depth);
      long some_columns = std::max(1L, RIGHT_BYTES / panel) * tiles_.columns;
      for (long column = 0; column < columns; column += some_columns) {
        column_ = column;
        columns_ = std::min(some_columns, columns - column);
        k_ = k;
        depth_ = some_depth;
        pack_right();
        multiply(add || k > 0);
      }
    }
  }

 private:
  long panels() const {
    return up(columns_, tiles_.columns);
  }

  long blocks() const {
    return up(depth_, tiles_.depth);
  }

  long block_depth(long block) const {
    return std::min(tiles_.depth, depth_ - block * tiles_.depth);
  }

  // Room for a panel and block; those of one block lie side by side.
  long right_panel_bytes() const {
    return tiles_.right_bytes(std::min(depth_, tiles_.depth), right_room_);
  }

  void pack_right() {
    right_at_ = right_panels.bytes(right_panel_bytes() * panels() * blocks());
    right_pieces_.resize(panels() * blocks());
    long groups = up(panels(), PANELS_AT_ONCE);
    parallel(groups * blocks(), 1, [&](long begin, long end) {
      for (long i = begin; i < end; i++) pack_right(i / groups, i % groups * PANELS_AT_ONCE);
    });
  }

  void pack_right(long block, long first) {
    long last = std::min(first + PANELS_AT_ONCE, panels());
    long lane = first * tiles_.columns, lanes = std::min(last * tiles_.columns, columns_) - lane;
    long depth = block_depth(block);
    Lanes all = kernels::block(right_, column_ + lane, lanes, k_ + block * tiles_.depth, depth, unpacked_right);
    for (long panel = first; panel < last; panel++) {
      long index = block * panels() + panel, before = (panel - first) * tiles_.columns;
      Lanes some{all.at + before * all.lane_step, all.lane_step, all.depth_step};
      right_pieces_[index] = tiles_.pack_right(
          some, std::min(tiles_.columns, lanes - before), depth, right_room_, right_at_ + index * right_panel_bytes());
    }
  }

  void multiply(bool add) {
    // Enough pieces of work for all threads: first blocks of rows, then parts of the columns.
    long row_blocks = up(rows_, LEFT_ROWS), wanted = 3L * threads();
    long block_rows = LEFT_ROWS;
    if (row_blocks < wanted) {
      row_blocks = std::min(wanted, up(rows_, 4 * tiles_.rows));
      block_rows = up(up(rows_, row_blocks), tiles_.rows) * tiles_.rows;
      row_blocks = up(rows_, block_rows);
    }
    long slices = std::max(up(columns_, RIGHT_COLUMNS), std::min(up(wanted, row_blocks), panels()));
    long slice = up(panels(), slices);
    slices = up(panels(), slice);
    parallel(row_blocks * slices, 1, [&](long begin, long end) {
      for (long i = begin; i < end; i++) {
        long row = i % row_blocks * block_rows, first = i / row_blocks * slice;
        multiply(row, std::min(block_rows, rows_ - row), first, std::min(first + slice, panels()), add);
      }
      tiles_.rest();
    });
  }

  // Rows of the left side with panels first to last of the right.
  void multiply(long row, long rows, long first, long last, bool add) {
    long left_count = up(rows, tiles_.rows);
    long left_bytes = tiles_.left_bytes(std::min(depth_, tiles_.depth), left_room_);
    char* left_at = left_panels.bytes(left_count * left_bytes);
    std::vector<int> left_pieces(left_count);
    for (long block = 0; block < blocks(); block++) {
      long depth = block_depth(block), k = k_ + block * tiles_.depth;
      for (long i = 0; i < left_count; i++) {
        long lane = row + i * tiles_.rows, lanes = std::min(tiles_.rows, row + rows - lane);
        left_pieces[i] = tiles_.pack_left(
            kernels::block(left_, lane, lanes, k, depth, unpacked_left), lanes, depth, left_room_, left_at + i * left_bytes);
      }
      for (long panel = first; panel < last; panel++) {
        long index = block * panels() + panel;
        Panel right{right_at_ + index * right_panel_bytes(), right_room_, right_pieces_[index]};
        long column = column_ + panel * tiles_.columns;
        for (long i = 0; i < left_count; i++) {
          long lane = row + i * tiles_.rows;
          Part part{
              result_ + lane * step_ + column, step_, std::min(tiles_.rows, row + rows - lane),
              std::min(tiles_.columns, column_ + columns_ - column), add || block > 0};
          Panel left{left_at + i * left_bytes, left_room_, left_pieces[i]};
          if (left.pieces && right.pieces) {
            tiles_.multiply(left, right, depth, part);
          } else {
            multiply_whole(lane, column, k, depth, part);
          }
        }
      }
    }
  }

  // With numbers that cannot be split.
  void multiply_whole(long lane, long column, long k, long depth, const Part& part) {
    const Tiles& whole = KERNELS_CHOOSE(float_tiles);
    for (long j = 0; j < part.columns; j += whole.columns) {
      Part some = part;
      some.at += j;
      some.columns = std::min(whole.columns, part.columns - j);
      char* panel = edge_panel.bytes(whole.right_bytes(depth, 1));
      whole.pack_right(
          kernels::block(right_, column + j, some.columns, k, depth, unpacked_right), some.columns, depth, 1, panel);
      KERNELS_CHOOSE(direct_tiles).multiply(
          kernels::block(left_, lane, part.rows, k, depth, unpacked_left), reinterpret_cast<float*>(panel),
          whole.columns, depth, some);
    }
  }

  const Tiles& tiles_;
  const Side& left_;
  const Side& right_;
  float* const result_;
  const long step_, rows_;
  const int left_room_, right_room_;

  // The block of the right side that is packed.
  long column_ = 0, columns_ = 0, k_ = 0, depth_ = 0;
  char* right_at_ = nullptr;
  std::vector<int> right_pieces_;
};

}  // namespace

void tiled_gemm(
    const Tiles& tiles, const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns,
    long depth) {
  TiledGemm(tiles, left, right, result, step, rows).run(columns, depth, add);
}

}  // namespace kernels
