// A parameter cut into lines: the rows of a matrix, or runs of one length where its shape does not matter.
#ifndef NOPT_OPTIMIZERS_MATRIX_LINES_H
#define NOPT_OPTIMIZERS_MATRIX_LINES_H

#include <cstdint>

namespace nopt {

// Sums go along lines and then over lines, and blocks of whole lines are what threads share. Both depend on the shape
// alone, so that the order of the additions is the same for any number of threads.
struct Lines {
  int64_t length;  // elements of a line; the last one may be shorter
  int64_t total;   // elements

  static Lines rows(int64_t columns, int64_t total) { return {columns, total}; }
  static Lines runs(int64_t total) { return {total < kRun ? total : kRun, total}; }

  int64_t count() const { return (total + length - 1) / length; }
  int64_t begin(int64_t line) const { return line * length; }
  int64_t size(int64_t line) const {
    const int64_t rest = total - begin(line);
    return rest < length ? rest : length;
  }

  int64_t lines_of_block() const { return length < kBlock ? kBlock / length : 1; }
  int64_t block_count() const { return (count() + lines_of_block() - 1) / lines_of_block(); }
  int64_t block_begin(int64_t block) const { return block * lines_of_block(); }
  int64_t block_end(int64_t block) const {
    const int64_t end = block_begin(block + 1);
    return end < count() ? end : count();
  }

 private:
  static constexpr int64_t kRun = 4096;     // elements
  static constexpr int64_t kBlock = 16384;  // elements: 64 KiB of each array
};

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_MATRIX_LINES_H
