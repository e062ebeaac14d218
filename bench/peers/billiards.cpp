// Hard disks in cells, from collision to collision: the algorithm of the billiards' engine (assembly/billiards) in C++,
// with the same bins, queue and formulas. Compiled with -ffp-contract=off it gives the engine's trajectories to the bit.
// Closed tables alone, and nothing is observed but the number of collisions.
//
// g++ -O3 -march=native billiards.cpp -o billiards
// ./billiards CELLS PARTICLES NECK ARC CORNER LENGTH RADIUS HOLE WARM_UP UNTIL < START
// START: x, y, vx, vy of each disk as doubles, x relative to the centre of its cell. ARC is 0 for flat walls.
// prints: collisions between the times WARM_UP and UNTIL, nanoseconds of a core that they took, and a checksum of
// x, y, vx, vy of all disks at the end.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <vector>

using std::abs;
using std::max;
using std::min;
using std::sqrt;

constexpr double INFINITE = std::numeric_limits<double>::infinity();
constexpr double NEVER = std::numeric_limits<double>::quiet_NaN();

// ---- The table ----

struct Table {
  int cells, particles, disks;
  double neck, arc, corner, length, radius, hole;
  double halfLength, arcCentre, arcReach, flatHeight, contact, edgeReach;
  bool isFlat;
};
static Table table;

// Partners of a collision that are no disks.
enum Wall {
  NOBODY = -1,
  TOP = -2,
  BOTTOM = -3,
  RIGHT = -4,
  LEFT = -5,
  RIGHT_EDGE_ABOVE = -6,
  RIGHT_EDGE_BELOW = -7,
  LEFT_EDGE_ABOVE = -8,
  LEFT_EDGE_BELOW = -9
};

// What a disk of a bin may touch. OPEN: the barrier has a hole. HOLE: its edges and the disks beyond are near.
enum Near {
  NEAR_TOP = 1,
  NEAR_BOTTOM = 2,
  NEAR_RIGHT = 4,
  NEAR_LEFT = 8,
  NEAR_RIGHT_HOLE = 16,
  NEAR_LEFT_HOLE = 32,
  RIGHT_OPEN = 64,
  LEFT_OPEN = 128
};

// ---- The disks ----

// A line of the cache. Its position holds at its own time; its next collision is with `partner`.
struct alignas(64) Disk {
  double x, y, vx, vy, time;
  double collision;
  int partner;
  int bin, next;
  uint16_t column, row;

  void moveTo(double now) {
    const double passed = now - time;
    x += vx * passed;
    y += vy * passed;
    time = now;
  }
  void setCollision(double when, int with) {
    collision = when;
    partner = with;
  }
};

// When a disk's next event is, and when it crosses the sides of its bin that are ahead, from column to column and from
// row to row. `next` is the disk that follows in its list of the queue.
struct Times {
  double across, along, event;
  int next;

  double crossing() const { return min(across, along); }
};

static std::vector<Disk> disks;
static std::vector<Times> times;

static int cellOf(int disk) { return disk / table.particles; }

// ---- The bins ----

// All cells side by side in one grid with a margin of empty bins; the disks of a bin are a list.
class Bins {
 public:
  double width, height;
  // Whether a cell is one bin, which has no sides to cross.
  bool isOne;
  int stride;
  std::vector<int> first;
  std::vector<uint8_t> walls;

  void prepare() {
    const double tall = 2 * table.corner;
    const double place = table.length * tall / table.particles;
    const double across = 2 * table.radius / sqrt(place);
    isOne = table.particles <= min(2 / across, FEW);
    const double edge = isOne ? INFINITE : max(sqrt(DISKS_A_BIN * place / sqrt(across)), 2.000001 * table.radius);
    columns = max(int(table.length / edge), 1);
    rows = max(int(tall / edge), 1);
    width = table.length / columns;
    height = tall / rows;
    stride = columns * table.cells + 2;
    first.assign(size_t(stride) * (rows + 2) + 2, -1);
    walls.assign(first.size(), 0);
    for (int column = 0; column <= columns; column++) columnEdges.push_back(columnEdge(column));
    for (int row = 0; row <= rows; row++) rowEdges.push_back(rowEdge(row));
    // A first column has no edge at its left, nor a last one at its right.
    columnEdges.front() = rowEdges.front() = -INFINITE;
    columnEdges.back() = rowEdges.back() = INFINITE;
    for (int cell = 0; cell < table.cells; cell++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) walls[binOf(cell, column, row)] = wallsOf(cell, column, row);
      }
    }
  }

  void put(int disk) {
    Disk& one = disks[disk];
    one.column = min(max(int(std::floor((one.x + table.halfLength) / width)), 0), columns - 1);
    one.row = min(max(int(std::floor((one.y + table.corner) / height)), 0), rows - 1);
    enter(disk, binOf(cellOf(disk), one.column, one.row));
  }

  // When a disk crosses the sides of its bin that are ahead.
  void predictCrossings(int disk) const {
    const Disk& one = disks[disk];
    const double x = columnEdges[one.column + (one.vx > 0)];
    const double y = rowEdges[one.row + (one.vy > 0)];
    times[disk].across = one.vx != 0 ? one.time + (x - one.x) / one.vx : INFINITE;
    times[disk].along = one.vy != 0 ? one.time + (y - one.y) / one.vy : INFINITE;
  }

  // Moves a disk to the next bin, and predicts when it crosses that; returns what this adds to its bin.
  int crossOver(int disk) {
    Disk& one = disks[disk];
    Times& own = times[disk];
    leave(disk);
    int direction;
    if (own.across <= own.along) {
      const bool right = one.vx > 0;
      one.column += right ? 1 : -1;
      own.across = one.time + (columnEdges[one.column + right] - one.x) / one.vx;
      direction = right ? 1 : -1;
    } else {
      const bool up = one.vy > 0;
      one.row += up ? 1 : -1;
      own.along = one.time + (rowEdges[one.row + up] - one.y) / one.vy;
      direction = up ? stride : -stride;
    }
    enter(disk, one.bin + direction);
    return direction;
  }

  // Reads a disk and its bins, to have them in the cache by the time that its event is taken. At M = 1e4 this was
  // faster than __builtin_prefetch.
  void fetch(int disk) {
    const int bin = disks[disk].bin;
    fetched ^= first[bin - stride] ^ first[bin] ^ first[bin + stride] ^ walls[bin];
  }

  // Of the bins `from` to `from + 2` those that are not empty, as bits.
  unsigned full(int from) const {
    return unsigned(first[from] >= 0) | unsigned(first[from + 1] >= 0) << 1 | unsigned(first[from + 2] >= 0) << 2;
  }

 private:
  static constexpr double DISKS_A_BIN = 0.13;
  static constexpr double FEW = 30;
  static constexpr double MARGIN = 1.000001;

  int columns, rows;
  int fetched = 0;
  std::vector<double> columnEdges, rowEdges;

  double columnEdge(int column) const { return column * width - table.halfLength; }
  double rowEdge(int row) const { return row * height - table.corner; }
  int binOf(int cell, int column, int row) const { return (row + 1) * stride + cell * columns + column + 1; }

  void enter(int disk, int bin) {
    disks[disk].bin = bin;
    disks[disk].next = first[bin];
    first[bin] = disk;
  }

  void leave(int disk) {
    int* link = &first[disks[disk].bin];
    while (*link != disk) link = &disks[*link].next;
    *link = disks[disk].next;
  }

  uint8_t wallsOf(int cell, int column, int row) const {
    const double left = columnEdge(column);
    const double right = columnEdge(column + 1);
    const double below = rowEdge(row);
    const double above = rowEdge(row + 1);
    const double reach = table.hole + 2 * table.radius * MARGIN;
    const bool isHigh = above < -reach || below > reach;
    int walls = (reachesTop(left, right, above) ? NEAR_TOP : 0) | (reachesTop(left, right, -below) ? NEAR_BOTTOM : 0);
    if (column == columns - 1) {
      walls |= NEAR_RIGHT;
      if (cell < table.cells - 1) walls |= RIGHT_OPEN | (isHigh ? 0 : NEAR_RIGHT_HOLE);
    }
    if (column == 0) {
      walls |= NEAR_LEFT;
      if (cell > 0) walls |= LEFT_OPEN | (isHigh ? 0 : NEAR_LEFT_HOLE);
    }
    return uint8_t(walls);
  }

  bool reachesTop(double left, double right, double above) const {
    if (table.isFlat) return above * MARGIN >= table.flatHeight - table.radius * 1e-6;
    const double x = left > 0 ? left : right < 0 ? right : 0;
    const double y = min(above, table.arcCentre) - table.arcCentre;
    return x * x + y * y <= table.arcReach * MARGIN;
  }
};
static Bins bins;

// ---- The queue ----

// Time is cut into slots, which share the buckets in turns. The disks whose events are in a slot are a list; that of
// the present slot is in order.
class Queue {
 public:
  void prepare() {
    size_t count = 64;
    while (count < 2 * size_t(table.disks)) count *= 2;
    buckets.resize(count);
  }

  void clear(double time, double rate) {
    density = rate / DISKS_A_SLOT;
    std::fill(buckets.begin(), buckets.end(), -1);
    front = -1;
    for (Times& one : times) one.event = NEVER;
    taken = 0;
    present = slotOf(time);
  }

  void schedule(int disk, double time) {
    const double old = times[disk].event;
    if (old == time) return;
    if (old < INFINITE) takeOut(disk, slotOf(old));
    times[disk].event = time;
    if (!(time < INFINITE)) return;
    const int64_t slot = slotOf(time);
    if (slot > present) push(disk, bucketOf(slot));
    else toFront(disk, time);
  }

  // The disk whose event is next, if that is no later than `until`; else -1.
  int next(double until) {
    while (front < 0) {
      if (present >= slotOf(until)) return -1;
      turn();
    }
    const int disk = front;
    if (times[disk].event > until) return -1;
    front = times[disk].next;
    times[disk].event = NEVER;
    taken++;
    return disk;
  }

  long taken = 0;

 private:
  static constexpr double DISKS_A_SLOT = 2;

  std::vector<int> buckets;
  double density = 1;
  int64_t present = 0;
  int front = -1;

  // The bits of positive numbers are in the order of the numbers; 2^52 and more are integers.
  int64_t slotOf(double time) const {
    const double sum = time * density + 4503599627370496;
    int64_t bits;
    std::memcpy(&bits, &sum, sizeof bits);
    return bits;
  }

  int& bucketOf(int64_t slot) { return buckets[size_t(slot) & (buckets.size() - 1)]; }

  void turn() {
    present++;
    int& bucket = bucketOf(present);
    int disk = bucket;
    bucket = -1;
    while (disk >= 0) {
      const int next = times[disk].next;
      const double time = times[disk].event;
      if (slotOf(time) > present) {
        push(disk, bucket);
      } else {
        bins.fetch(disk);
        toFront(disk, time);
      }
      disk = next;
    }
  }

  void push(int disk, int& bucket) {
    times[disk].next = bucket;
    bucket = disk;
  }

  void takeOut(int disk, int64_t slot) {
    int* link = slot > present ? &bucketOf(slot) : &front;
    while (*link != disk) link = &times[*link].next;
    *link = times[disk].next;
  }

  void toFront(int disk, double time) {
    int* link = &front;
    while (*link >= 0 && (times[*link].event < time || (times[*link].event == time && *link < disk)))
      link = &times[*link].next;
    times[disk].next = *link;
    *link = disk;
  }
};
static Queue queue;

// ---- Predictions ----

// With the displacement d and its derivative u, b = d·u, c = d² - s², q = b² - u² c: the time c/(√q - b) after `start`.
static inline double timeOfContact(double start, double b, double c, double u2) {
  const double q = b * b - u2 * c;
  // One branch for both: neither is predicted well.
  if (int(b >= 0) | int(q < 0)) return INFINITE;
  return c <= 0 ? start : start + c / (sqrt(q) - b);
}

// Of two disks, the right one `shift` further to the right.
static inline double timeOfPair(const Disk& left, const Disk& right, double shift) {
  const double start = max(left.time, right.time);
  const double sinceLeft = start - left.time;
  const double sinceRight = start - right.time;
  const double dx = (right.x + right.vx * sinceRight) - (left.x + left.vx * sinceLeft) + shift;
  const double dy = (right.y + right.vy * sinceRight) - (left.y + left.vy * sinceLeft);
  const double ux = right.vx - left.vx;
  const double uy = right.vy - left.vy;
  return timeOfContact(start, dx * ux + dy * uy, dx * dx + dy * dy - table.contact, ux * ux + uy * uy);
}

// Of a disk and a circle about a point.
static double timeOfPoint(const Disk& disk, double x, double y, double reach) {
  const double dx = x - disk.x;
  const double dy = y - disk.y;
  const double b = -(dx * disk.vx + dy * disk.vy);
  return timeOfContact(disk.time, b, dx * dx + dy * dy - reach, disk.vx * disk.vx + disk.vy * disk.vy);
}

// The search for the earliest collision of a disk.
class Search {
 public:
  explicit Search(int disk) : disk(disk), own(disks[disk]), best(own.collision) {}

  void afterCollision() {
    const int bin = own.bin;
    const int walls = bins.walls[bin];
    const int stride = bins.stride;
    if (walls) meetWalls(walls);
    if (table.particles > 1)
      meetDisks(bin - stride - (walls & NEAR_LEFT ? 0 : 1), bin - stride + (walls & NEAR_RIGHT ? 0 : 1), 3);
    if (walls & NEAR_RIGHT_HOLE) meetBeyond(bin + 1 - stride, 3, true);
    if (walls & NEAR_LEFT_HOLE) meetBeyond(bin - 1 - stride, 3, false);
    settle();
  }

  // By what has come near alone.
  void afterCrossing(int direction) {
    const int bin = own.bin;
    const int walls = bins.walls[bin];
    const int come = walls & ~bins.walls[bin - direction];
    const int stride = bins.stride;
    const int ahead = bin + direction;
    if (come) meetWalls(come);
    if (direction == 1) {
      if (!(walls & NEAR_RIGHT)) meetDisks(ahead - stride, ahead - stride, 3);
      if (come & NEAR_RIGHT_HOLE) meetBeyond(ahead - stride, 3, true);
    } else if (direction == -1) {
      if (!(walls & NEAR_LEFT)) meetDisks(ahead - stride, ahead - stride, 3);
      if (come & NEAR_LEFT_HOLE) meetBeyond(ahead - stride, 3, false);
    } else {
      meetDisks(ahead - (walls & NEAR_LEFT ? 0 : 1), ahead + (walls & NEAR_RIGHT ? 0 : 1), 1);
      if (come & NEAR_RIGHT_HOLE) meetBeyond(bin + 1 - stride, 3, true);
      else if (walls & NEAR_RIGHT_HOLE) meetBeyond(ahead + 1, 1, true);
      if (come & NEAR_LEFT_HOLE) meetBeyond(bin - 1 - stride, 3, false);
      else if (walls & NEAR_LEFT_HOLE) meetBeyond(ahead - 1, 1, false);
    }
    settle();
  }

 private:
  const int disk;
  Disk& own;
  double best;
  int partner = NOBODY;

  void meet(double time, int wall) {
    if (time < best) {
      best = time;
      partner = wall;
    }
  }

  // A disk never approaches itself.
  void meetDisks(int from, int to, int rows) {
    const unsigned width = (1 << (to - from + 1)) - 1;
    unsigned full = bins.full(from) & width;
    if (rows > 1) {
      full |= (bins.full(from + bins.stride) & width) << 4;
      full |= (bins.full(from + 2 * bins.stride) & width) << 8;
    }
    for (; full; full &= full - 1) {
      const int bit = __builtin_ctz(full);
      int other = bins.first[from + (bit >> 2) * bins.stride + (bit & 3)];
      do {
        meetDisk(other, timeOfPair(own, disks[other], 0));
        other = disks[other].next;
      } while (other >= 0);
    }
  }

  void meetBeyond(int bin, int rows, bool isRight) {
    for (; rows > 0; rows--, bin += bins.stride) {
      for (int other = bins.first[bin]; other >= 0; other = disks[other].next) {
        const Disk& there = disks[other];
        meetDisk(other, isRight ? timeOfPair(own, there, table.length) : timeOfPair(there, own, table.length));
      }
    }
  }

  void meetDisk(int other, double time) {
    if (time < best && time < disks[other].collision) {
      best = time;
      partner = other;
    }
  }

  void meetWalls(int walls) {
    const double halfLength = table.halfLength;
    const double hole = table.hole;
    if (walls & (NEAR_TOP | NEAR_BOTTOM)) {
      if (table.isFlat) {
        if (own.vy > 0) meet(own.time + max(0.0, (table.flatHeight - own.y) / own.vy), TOP);
        else if (own.vy < 0) meet(own.time + max(0.0, (table.flatHeight + own.y) / -own.vy), BOTTOM);
      } else {
        if (walls & NEAR_TOP) meet(timeOfPoint(own, 0, table.arcCentre, table.arcReach), TOP);
        if (walls & NEAR_BOTTOM) meet(timeOfPoint(own, 0, -table.arcCentre, table.arcReach), BOTTOM);
      }
    }
    if (walls & NEAR_RIGHT && own.vx > 0)
      meetBarrier((halfLength - table.radius - own.x) / own.vx, walls & RIGHT_OPEN, RIGHT);
    if (walls & NEAR_LEFT && own.vx < 0)
      meetBarrier((halfLength - table.radius + own.x) / -own.vx, walls & LEFT_OPEN, LEFT);
    if (walls & NEAR_RIGHT_HOLE) {
      meet(timeOfPoint(own, halfLength, hole, table.edgeReach), RIGHT_EDGE_ABOVE);
      meet(timeOfPoint(own, halfLength, -hole, table.edgeReach), RIGHT_EDGE_BELOW);
    }
    if (walls & NEAR_LEFT_HOLE) {
      meet(timeOfPoint(own, -halfLength, hole, table.edgeReach), LEFT_EDGE_ABOVE);
      meet(timeOfPoint(own, -halfLength, -hole, table.edgeReach), LEFT_EDGE_BELOW);
    }
  }

  // In the hole it is for its edges to throw a disk back.
  void meetBarrier(double time, bool isOpen, int wall) {
    const double wait = max(0.0, time);
    if (isOpen && abs(own.y + own.vy * wait) < table.hole) return;
    meet(own.time + wait, wall);
  }

  // A disk that is robbed of its partner finds out when its own collision is due.
  void settle() {
    if (partner != NOBODY) {
      own.setCollision(best, partner);
      if (partner >= 0) {
        disks[partner].setCollision(best, disk);
        queue.schedule(partner, min(best, times[partner].crossing()));
      }
    }
    queue.schedule(disk, min(own.collision, times[disk].crossing()));
  }
};

// ---- The events ----

// Time goes on from 0 again after so many collisions a disk.
constexpr int COLLISIONS = 64;

static double now = 0;
static double origin = 0;
static long collisions = 0;
static long counted = 0;

static void forget(int disk) {
  disks[disk].setCollision(INFINITE, NOBODY);
  if (!bins.isOne) bins.predictCrossings(disk);
}

static void predictAll(double rate) {
  queue.clear(now, rate);
  for (int disk = 0; disk < table.disks; disk++) {
    disks[disk].setCollision(INFINITE, NOBODY);
    bins.predictCrossings(disk);
  }
  for (int disk = 0; disk < table.disks; disk++) Search(disk).afterCollision();
}

static void rebase() {
  const double rate = queue.taken / now;
  for (Disk& disk : disks) {
    disk.moveTo(now);
    disk.time = 0;
  }
  origin += now;
  now = 0;
  collisions = 0;
  predictAll(rate);
}

static void count() {
  collisions++;
  counted++;
}

// v -= 2 (v·d)/(d·d) d.
static void bounce(Disk& disk, double x, double y) {
  const double dx = x - disk.x;
  const double dy = y - disk.y;
  const double w = 2 * ((disk.vx * dx + disk.vy * dy) / (dx * dx + dy * dy));
  disk.vx -= w * dx;
  disk.vy -= w * dy;
}

static void reflect(Disk& disk, int wall) {
  if (wall == RIGHT || wall == LEFT) {
    disk.vx = -disk.vx;
  } else if (wall == TOP || wall == BOTTOM) {
    if (table.isFlat) disk.vy = -disk.vy;
    else bounce(disk, 0, wall == TOP ? table.arcCentre : -table.arcCentre);
  } else {
    const bool isRight = wall == RIGHT_EDGE_ABOVE || wall == RIGHT_EDGE_BELOW;
    const bool isAbove = wall == RIGHT_EDGE_ABOVE || wall == LEFT_EDGE_ABOVE;
    bounce(disk, isRight ? table.halfLength : -table.halfLength, isAbove ? table.hole : -table.hole);
  }
}

// w = (v_i - v_j)·d/d², v_i -= w d, v_j += w d.
static void exchange(Disk& left, Disk& right, double shift) {
  const double dx = right.x - left.x + shift;
  const double dy = right.y - left.y;
  const double w = ((left.vx - right.vx) * dx + (left.vy - right.vy) * dy) / (dx * dx + dy * dy);
  left.vx -= w * dx;
  left.vy -= w * dy;
  right.vx += w * dx;
  right.vy += w * dy;
}

static void collide(int disk, int partner) {
  Disk& one = disks[disk];
  Disk& other = disks[partner];
  const int cell = cellOf(disk);
  const int otherCell = cellOf(partner);
  one.moveTo(now);
  other.moveTo(now);
  if (cell == otherCell) exchange(one, other, 0);
  else if (cell < otherCell) exchange(one, other, table.length);
  else exchange(other, one, table.length);
  count();
  forget(disk);
  forget(partner);
  Search(disk).afterCollision();
  Search(partner).afterCollision();
}

static void take(int disk) {
  Disk& one = disks[disk];
  const double crossing = times[disk].crossing();
  if (crossing < one.collision) {
    now = crossing;
    const int direction = bins.crossOver(disk);
    Search(disk).afterCrossing(direction);
    return;
  }
  now = one.collision;
  if (one.partner < 0) {
    one.moveTo(now);
    reflect(one, one.partner);
    count();
    forget(disk);
    Search(disk).afterCollision();
  } else if (disks[one.partner].partner == disk && disks[one.partner].collision == one.collision) {
    collide(disk, one.partner);
  } else {
    // Its partner has collided with someone else since, or will.
    one.setCollision(INFINITE, NOBODY);
    Search(disk).afterCollision();
  }
}

static void advance(double until) {
  for (;;) {
    const double end = until - origin;
    const int disk = queue.next(end);
    if (disk < 0) {
      now = end;
      return;
    }
    take(disk);
    if (collisions >= COLLISIONS * long(table.disks)) rebase();
  }
}

// Events a unit of time before any were counted.
static double guessedRate() {
  double sum = 0;
  for (const Disk& disk : disks) sum += abs(disk.vx) / bins.width + abs(disk.vy) / bins.height;
  return 2 * sum;
}

static bool readDisks() {
  disks.resize(table.disks);
  times.resize(table.disks);
  for (Disk& disk : disks) {
    double state[4];
    if (std::fread(state, sizeof state, 1, stdin) != 1) return false;
    disk.x = state[0];
    disk.y = state[1];
    disk.vx = state[2];
    disk.vy = state[3];
    disk.time = 0;
  }
  return true;
}

// FNV-1a, a number at a time.
static uint64_t checksum() {
  uint64_t sum = 0xcbf29ce484222325;
  for (Disk& disk : disks) {
    disk.moveTo(now);
    for (double number : {disk.x, disk.y, disk.vx, disk.vy}) {
      uint64_t bits;
      std::memcpy(&bits, &number, sizeof bits);
      sum = (sum ^ bits) * 0x100000001b3;
    }
  }
  return sum;
}

int main(int argc, char** argv) {
  if (argc != 11) {
    std::fprintf(stderr, "usage: billiards CELLS PARTICLES NECK ARC CORNER LENGTH RADIUS HOLE WARM_UP UNTIL < START\n");
    return 2;
  }
  double numbers[10];
  for (int i = 0; i < 10; i++) numbers[i] = std::atof(argv[i + 1]);
  table.cells = int(numbers[0]);
  table.particles = int(numbers[1]);
  table.disks = table.cells * table.particles;
  table.neck = numbers[2];
  table.arc = numbers[3];
  table.corner = numbers[4];
  table.length = numbers[5];
  table.radius = numbers[6];
  table.hole = numbers[7];
  table.isFlat = table.arc == 0;
  table.halfLength = table.length / 2;
  table.arcCentre = table.neck + table.arc;
  table.arcReach = (table.arc + table.radius) * (table.arc + table.radius);
  table.flatHeight = table.neck - table.radius;
  table.contact = 2 * table.radius * (2 * table.radius);
  table.edgeReach = table.radius * table.radius;
  if (!readDisks()) {
    std::fprintf(stderr, "expected %d disks, got fewer\n", table.disks);
    return 2;
  }
  bins.prepare();
  queue.prepare();
  for (int disk = 0; disk < table.disks; disk++) bins.put(disk);
  predictAll(guessedRate());

  advance(numbers[8]);
  counted = 0;
  const std::clock_t begin = std::clock();
  advance(numbers[9]);
  const double spent = 1e9 * (std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%ld %.0f %016llx\n", counted, spent, static_cast<unsigned long long>(checksum()));
}
