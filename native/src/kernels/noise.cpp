#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise.cpp"
#include "hwy/foreach_target.h"

#include <cmath>

#include "core/isa_table.h"
#include "core/normal_quantile.h"
#include "core/parallel.h"
#include "kernels/matrix.h"
#include "kernels/noise.h"
#include "kernels/philox-inl.h"
#include "kernels/row-inl.h"

#ifndef NOPT_KERNELS_NOISE_TYPES
#define NOPT_KERNELS_NOISE_TYPES
namespace nopt {

// A run of consecutive elements in memory and in the random stream.
struct NoiseRun {
  const nopt_noise_args* args;
  uint32_t threshold;  // args->rate in units of 2^-24, rounded up
  uint64_t position;   // of its first element in the stream
  int64_t count;
  const float* x;
  float* y;
};

constexpr int64_t kNoiseChunk = 512;  // elements whose words are made at a time

}  // namespace nopt
#endif

NOPT_KERNEL_NAMESPACE_BEGIN

// words[i] belongs to element position + i for i < count; there is room for a vector beyond and a block before them.
struct Words {
  uint32_t block[kNoiseChunk + 8 * kLine];
  const uint32_t* first;

  void fill(const nopt_noise_args& args, uint64_t position, int64_t count) {
    const int64_t skipped = static_cast<int64_t>(position % 4);
    for (int64_t made = 0; made < skipped + count; made += 4 * kPhiloxLanes)
      philox_blocks(args.seed, args.stream, position / 4 + static_cast<uint64_t>(made / 4), block + made);
    first = block + skipped;
  }
};

// y = fraction >= rate ? scale x + shift : dropped
struct Drop {
  const float* x;
  const uint32_t* words;
  float* y;
  V scale;
  V shift;
  V dropped;
  VU threshold;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const hn::RebindToSigned<D> integers;
    const auto fraction = hn::BitCast(integers, hn::ShiftRight<8>(hn::LoadU(DU(), words + i)));
    const auto is_dropped = hn::RebindMask(D(), hn::BitCast(integers, threshold) > fraction);
    place.put(hn::IfThenElse(is_dropped, dropped, place.get(x + i) * scale + shift), y + i);
  }
};

// y = scale x + shift
struct Keep {
  const float* x;
  float* y;
  V scale;
  V shift;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(x + i) * scale + shift, y + i);
  }
};

void drop_run(const NoiseRun& run) {
  const nopt_noise_args& args = *run.args;
  const V scale = splat(static_cast<float>(args.scale));
  const V shift = splat(static_cast<float>(args.shift));
  if (args.rate == 0) {
    Keep step{run.x, run.y, scale, shift};
    return for_each_vector(run.count, step);
  }
  Words words;
  for (int64_t done = 0; done < run.count; done += kNoiseChunk) {
    const int64_t count = run.count - done < kNoiseChunk ? run.count - done : kNoiseChunk;
    words.fill(args, run.position + static_cast<uint64_t>(done), count);
    Drop step{run.x + done,
              words.first,
              run.y + done,
              scale,
              shift,
              splat(static_cast<float>(args.dropped)),
              hn::Set(DU(), run.threshold)};
    for_each_vector(count, step);
  }
}

// Words for the kinds that are not vectorised.
void noise_words(const nopt_noise_args& args, uint64_t position, int64_t count, uint32_t* words) {
  Words made;
  made.fill(args, position, count);
  for (int64_t i = 0; i < count; ++i) words[i] = made.first[i];
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const NoiseRun&)> kDropRun = NOPT_ISA_TABLE(drop_run);
constexpr IsaTable<void(const nopt_noise_args&, uint64_t, int64_t, uint32_t*)> kNoiseWords =
    NOPT_ISA_TABLE(noise_words);

constexpr int64_t kBlockElements = 16384;
// What making a uniform and a normal number costs, in units of reading and writing a float.
constexpr int64_t kUniformCost = 2;
constexpr int64_t kNormalCost = 32;

void gaussian_run(Isa isa, const NoiseRun& run) {
  const nopt_noise_args& args = *run.args;
  uint32_t words[kNoiseChunk];
  for (int64_t done = 0; done < run.count; done += kNoiseChunk) {
    const int64_t count = run.count - done < kNoiseChunk ? run.count - done : kNoiseChunk;
    kNoiseWords[isa](args, run.position + static_cast<uint64_t>(done), count, words);
    for (int64_t i = 0; i < count; ++i) {
      const double n = normal_quantile((words[i] + 0.5) * 0x1p-32);
      const float x = run.x[done + i];
      run.y[done + i] = args.noise == NOPT_NOISE_GAUSSIAN_FACTOR ? x * static_cast<float>(1 + args.scale * n)
                                                                 : x + static_cast<float>(args.scale * n);
    }
  }
}

// Elements [begin, end) of the matrix, row by row; rows without gaps between them are one.
void run_elements(Isa isa, const nopt_noise_args& args, int64_t begin, int64_t end) {
  const int64_t count = args.x.rows * args.x.columns;
  const bool whole = args.x.stride == args.x.columns && args.y.stride == args.y.columns;
  const int64_t columns = whole ? count : args.x.columns;
  const auto threshold = static_cast<uint32_t>(std::ceil(args.rate * 0x1p24));
  while (begin < end) {
    const int64_t row = begin / columns;
    const int64_t column = begin % columns;
    const int64_t length = columns - column < end - begin ? columns - column : end - begin;
    const NoiseRun run = {&args,
                          threshold,
                          args.offset + static_cast<uint64_t>(begin),
                          length,
                          float_row(args.x, row) + column,
                          float_row(args.y, row) + column};
    if (args.noise == NOPT_NOISE_DROPOUT) {
      kDropRun[isa](run);
    } else {
      gaussian_run(isa, run);
    }
    begin += length;
  }
}

}  // namespace

void run_noise(const Execution& execution, const nopt_noise_args& args) {
  const int64_t count = args.x.rows * args.x.columns;
  const int64_t block_count = (count + kBlockElements - 1) / kBlockElements;
  const int64_t cost = args.noise == NOPT_NOISE_DROPOUT ? kUniformCost : kNormalCost;
  parallel_for(execution, block_count, 2 * cost * float_bytes(args.x), [&](int64_t block) {
    const int64_t begin = block * kBlockElements;
    run_elements(execution.isa, args, begin, count - begin < kBlockElements ? count : begin + kBlockElements);
  });
}

}  // namespace nopt
#endif
