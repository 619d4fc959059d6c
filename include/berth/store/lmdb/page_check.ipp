#pragma once

/// \file
/// The bodies of `berth/store/lmdb/page_check.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/lmdb/page_check.hpp>

namespace berth::store::detail {

/// A file as it lies in memory, for reading.
class mapped_file {
public:
    explicit mapped_file(std::string const& path) {
        auto const file = descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)); // NOLINT
        struct ::stat found{};
        if (!file || ::fstat(file.get(), &found) != 0) return;
        size_ = static_cast<std::size_t>(found.st_size);
        if (size_ == 0) return;
        data_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
    }
    mapped_file(mapped_file const&) = delete;
    auto operator=(mapped_file const&) -> mapped_file& = delete;
    ~mapped_file() {
        if (data_ != MAP_FAILED) ::munmap(data_, size_);
    }

    explicit operator bool() const { return data_ != MAP_FAILED || size_ == 0; }
    [[nodiscard]] auto bytes() const -> std::string_view {
        return size_ == 0 ? std::string_view{} : std::string_view{static_cast<char const*>(data_), size_};
    }

private:
    void* data_ = MAP_FAILED;
    std::size_t size_ = 1; ///< of a file that cannot be read, anything but 0
};

/// Checks a file. What is wrong with it is in `problem()` when `run()` is false.
class page_checker {
public:
    explicit page_checker(std::string_view file) : file_(file) {}

    [[nodiscard]] auto run() -> bool {
        auto const newest = newest_meta();
        if (newest == nullptr) return false;
        auto const free_list = read<table>(newest + 24);
        auto const tables = read<table>(newest + 24 + sizeof(table));
        last_ = read<std::uint64_t>(newest + 120);
        txnid_ = read<std::uint64_t>(newest + 128);
        if (last_ < 1 || last_ > file_.size() / page_size_ + most_unwritten)
            return damaged(0, "the number of the last page is wrong");
        if (free_list.flags != integer_keys || tables.flags != 0)
            return damaged(0, "its tables are not of the kind that a store has");
        seen_.resize(last_ + 1);
        if (!check(role::tables, tables)) return false;
        for (auto const& t : named_) {
            if (!check(role::named, t)) return false;
        }
        return check(role::free_list, free_list);
    }

    /// Whether it is no file of LMDB at all, or one whose first pages are damaged.
    [[nodiscard]] auto is_foreign() const -> bool { return page_size_ == 0; }
    [[nodiscard]] auto problem() const -> std::string const& { return problem_; }

private:
    enum class role : std::uint8_t { tables, named, free_list };
    /// `MDB_db`: what a table says of its tree.
    struct table {
        std::uint32_t pad = 0;
        std::uint16_t flags = 0;
        std::uint16_t depth = 0;
        std::uint64_t branches = 0;
        std::uint64_t leaves = 0;
        std::uint64_t overflows = 0;
        std::uint64_t entries = 0;
        std::uint64_t root = 0;
    };
    static_assert(sizeof(table) == 48 && std::endian::native == std::endian::little && sizeof(void*) == 8);
    /// A tree that is being walked, and what was counted in it.
    struct tree {
        role what;
        table said;
        table found{};
    };
    /// An entry of a page: a key with a child, or with a value.
    struct node {
        std::uint32_t size = 0; ///< of the value; in branches the lower half of the child's number
        std::uint16_t flags = 0;
        std::string_view key;
        char const* data = nullptr;
    };
    /// Between which keys those of a page must be; nullptr: no limit.
    struct limits {
        node const* least = nullptr;
        node const* end = nullptr;
    };

    static constexpr std::size_t header = 16;
    static constexpr std::uint16_t branch_page = 1, leaf_page = 2, overflow_page = 4, meta_page = 8;
    static constexpr std::uint16_t big_value = 1, sub_table = 2;
    static constexpr std::uint16_t integer_keys = 8;
    static constexpr std::uint16_t deepest = 32;
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    /// Pages at the end that were freed before they were written are not in the file; no more than these.
    static constexpr std::uint64_t most_unwritten = std::uint64_t{1} << 20U;

    template <class T> [[nodiscard]] static auto read(char const* at) -> T {
        auto out = T{};
        std::memcpy(&out, at, sizeof out);
        return out;
    }
    [[nodiscard]] auto page(std::uint64_t number) const -> char const* {
        return file_.data() + number * page_size_;
    }
    auto damaged(std::uint64_t number, std::string_view what) -> bool {
        problem_ = "page " + std::to_string(number) + ": " + std::string{what};
        return false;
    }

    /// What the first two pages say, the newer one; or null.
    [[nodiscard]] auto newest_meta() -> char const* {
        if (file_.size() < header + 136) return nullptr;
        auto const size = read<std::uint32_t>(file_.data() + header + 24);
        if (size < 512 || size > 32'768 || !std::has_single_bit(size) || file_.size() < 2 * std::size_t{size})
            return nullptr;
        auto const* const first = file_.data();
        auto const* const second = file_.data() + size;
        for (auto const* p : {first, second}) {
            auto const is_meta = read<std::uint16_t>(p + 10) == meta_page;
            auto const magic = read<std::uint32_t>(p + header);
            auto const version = read<std::uint32_t>(p + header + 4);
            if (!is_meta || magic != 0xBEEFC0DEU || version != 1 ||
                read<std::uint32_t>(p + header + 24) != size)
                return nullptr;
        }
        auto const a = read<std::uint64_t>(first + header + 128);
        auto const b = read<std::uint64_t>(second + header + 128);
        page_size_ = size;
        if ((a != 0 || b != 0) && (a + 1 != b || b % 2 == 0) && (b + 1 != a || a % 2 != 0)) {
            damaged(0, "it and page 1 do not follow each other");
            return nullptr;
        }
        return (b > a ? second : first) + header;
    }

    [[nodiscard]] auto check(role what, table const& said) -> bool {
        auto t = tree{.what = what, .said = said};
        if (said.root == none) {
            auto const empty = said.depth == 0 && said.entries == 0 && said.branches == 0 &&
                               said.leaves == 0 && said.overflows == 0;
            return empty || damaged(0, "an empty tree is said to have pages");
        }
        if (said.depth < 1 || said.depth > deepest) return damaged(said.root, "its tree is too deep");
        if (!walk(t, said.root, 1, {})) return false;
        auto const& f = t.found;
        if (f.branches == said.branches && f.leaves == said.leaves && f.overflows == said.overflows &&
            f.entries == said.entries)
            return true;
        return damaged(said.root, "its tree has not as many pages or entries as it should");
    }

    /// Notes that pages are in use, which must be in the file.
    [[nodiscard]] auto claim(std::uint64_t number, std::uint64_t count) -> bool {
        if (number < 2 || number > last_ || count > last_ - number + 1)
            return damaged(number, "there is no such page, but it is pointed to");
        if ((number + count) * page_size_ > file_.size())
            return damaged(number,
                           "the file is cut short: it has " + std::to_string(file_.size()) + " bytes");
        for (auto i = number; i < number + count; ++i) {
            if (seen_[i]) return damaged(i, "it is pointed to twice");
            seen_[i] = true;
        }
        return true;
    }

    [[nodiscard]] auto walk(tree& t, std::uint64_t number, unsigned depth, limits within) -> bool {
        if (!claim(number, 1)) return false;
        auto const* const p = page(number);
        auto const type = read<std::uint16_t>(p + 10);
        if (read<std::uint64_t>(p) != number) return damaged(number, "it bears the number of another page");
        if (type != (depth == t.said.depth ? leaf_page : branch_page))
            return damaged(number, "it is of another type");
        if (!check_nodes(t, number, type == leaf_page, within)) return false;
        auto const count = count_of(p);
        if (type == leaf_page) {
            ++t.found.leaves;
            t.found.entries += count;
            return true;
        }
        ++t.found.branches;
        auto now = branch_node(p, 0);
        for (std::size_t i = 0; i < count; ++i) {
            auto const next = i + 1 < count ? branch_node(p, i + 1) : node{};
            auto const child = now.size | std::uint64_t{now.flags} << 32U;
            auto const inside = limits{i == 0 ? within.least : &now, i + 1 < count ? &next : within.end};
            if (!walk(t, child, depth + 1, inside)) return false;
            now = next;
        }
        return true;
    }

    [[nodiscard]] static auto count_of(char const* p) -> std::size_t {
        return (read<std::uint16_t>(p + 12) - header) / 2;
    }
    [[nodiscard]] static auto node_at(char const* at) -> node {
        auto const size = read<std::uint16_t>(at) | std::uint32_t{read<std::uint16_t>(at + 2)} << 16U;
        auto const key_size = read<std::uint16_t>(at + 6);
        return {size, read<std::uint16_t>(at + 4), {at + 8, key_size}, at + 8 + key_size};
    }
    [[nodiscard]] static auto branch_node(char const* p, std::size_t i) -> node {
        return node_at(p + read<std::uint16_t>(p + header + 2 * i));
    }

    /// Whether the nodes of a page fill exactly what is not free, in the order of their keys.
    [[nodiscard]] auto check_nodes(tree& t, std::uint64_t number, bool leaf, limits within) -> bool {
        auto const* const p = page(number);
        auto const lower = read<std::uint16_t>(p + 12);
        auto const upper = read<std::uint16_t>(p + 14);
        auto const least = std::size_t{leaf || t.what == role::free_list ? 1U : 2U};
        if (lower % 2 != 0 || lower < header + 2 * least || lower > upper || upper > page_size_)
            return damaged(number, "its free space is nowhere");
        auto filled = std::size_t{0};
        auto before = node{};
        for (std::size_t i = 0; i < count_of(p); ++i) {
            auto const at = read<std::uint16_t>(p + header + 2 * i);
            if (at % 2 != 0 || at < upper || at + std::size_t{8} > page_size_)
                return damaged(number, "an entry is outside");
            auto const n = node_at(p + at);
            auto const value = !leaf ? 0 : (n.flags & big_value) != 0 ? 8 : std::size_t{n.size};
            auto const size = (8 + n.key.size() + value + 1) & ~std::size_t{1};
            if (size > page_size_ - at) return damaged(number, "an entry is too large");
            filled += size;
            auto const* const least_key =
                i > (leaf ? 0U : 1U) ? &before : within.least; // a branch's first is void
            if ((leaf || i > 0) && !check_key(t, number, n, leaf && i == 0, least_key)) return false;
            if (leaf && !check_value(t, number, n)) return false;
            before = n;
        }
        if (within.end != nullptr && !is_less(t, before, *within.end))
            return damaged(number, "its keys belong elsewhere");
        return filled == page_size_ - upper || damaged(number, "its entries overlap");
    }

    [[nodiscard]] auto check_key(tree const& t, std::uint64_t number, node const& n, bool may_equal,
                                 node const* before) -> bool {
        if (n.key.empty() || n.key.size() > 511 || (has_integers(t) && n.key.size() != 8))
            return damaged(number, "a key has a wrong size");
        if (before == nullptr || is_less(t, *before, n) || (may_equal && !is_less(t, n, *before)))
            return true;
        return damaged(number, "its keys are not in order");
    }
    [[nodiscard]] static auto has_integers(tree const& t) -> bool { return t.said.flags == integer_keys; }
    [[nodiscard]] static auto is_less(tree const& t, node const& a, node const& b) -> bool {
        if (!has_integers(t) || a.key.size() != 8 || b.key.size() != 8) return a.key < b.key;
        return read<std::uint64_t>(a.key.data()) < read<std::uint64_t>(b.key.data());
    }

    [[nodiscard]] auto check_value(tree& t, std::uint64_t number, node const& n) -> bool {
        auto const* data = n.data;
        if (n.flags == big_value) {
            auto const first = read<std::uint64_t>(n.data);
            if (!check_overflow(t, first, n.size)) return false;
            data = page(first) + header;
        } else if (n.flags == sub_table && t.what == role::tables && n.size == sizeof(table)) {
            named_.push_back(read<table>(n.data));
            return named_.back().flags == 0 || named_.back().flags == integer_keys ||
                   damaged(number, "a table is not of the kind that a store has");
        } else if (n.flags != 0) {
            return damaged(number, "an entry is of no known type");
        } else if (8 + n.key.size() + n.size > (((page_size_ - header) / 2) & ~std::size_t{1}) - 2) {
            return damaged(number, "an entry is too large");
        }
        return t.what != role::free_list || check_free(number, n, data);
    }

    /// Whether a large value has its pages.
    [[nodiscard]] auto check_overflow(tree& t, std::uint64_t first, std::size_t size) -> bool {
        if (!claim(first, 1)) return false;
        auto const* const p = page(first);
        auto const count = read<std::uint32_t>(p + 12);
        if (read<std::uint64_t>(p) != first || read<std::uint16_t>(p + 10) != overflow_page)
            return damaged(first, "it is not of a large value");
        if (count < (header - 1 + size) / page_size_ + 1) return damaged(first, "its value is too large");
        t.found.overflows += count;
        return count == 1 || claim(first + 1, count - 1);
    }

    /// Whether a list of free pages is one: its length, then numbers that descend.
    [[nodiscard]] auto check_free(std::uint64_t number, node const& n, char const* data) -> bool {
        auto const count = n.size >= 8 ? read<std::uint64_t>(data) : none;
        if (n.size % 8 != 0 || count > n.size / 8 - 1)
            return damaged(number, "a list of free pages has no end");
        if (read<std::uint64_t>(n.key.data()) > txnid_)
            return damaged(number, "pages are said to be free from a future write on");
        auto above = last_ + 1;
        for (std::size_t i = 1; i <= count; ++i) {
            auto const free = read<std::uint64_t>(data + 8 * i);
            if (free >= above || free < 2) return damaged(number, "a list of free pages is not in order");
            if (seen_[free]) return damaged(free, "it is in use or free twice");
            seen_[free] = true;
            above = free;
        }
        return true;
    }

    std::string_view file_;
    std::size_t page_size_ = 0;
    std::uint64_t last_ = 0;
    std::uint64_t txnid_ = 0;
    std::vector<bool> seen_; ///< the pages in use
    std::vector<table> named_;
    std::string problem_;
};

BERTH_DECL auto check_pages(std::string const& directory) -> result<void> {
    auto const file = mapped_file(directory + "/data.mdb");
    if (!file)
        return fail(error_code::unavailable,
                    "store: " + directory + ": data.mdb cannot be read: " + std::strerror(errno)); // NOLINT
    auto checker = page_checker(file.bytes());
    if (checker.run()) return {};
    if (checker.is_foreign())
        return fail(error_code::internal,
                    "store: " + directory + ": data.mdb is damaged or not a file of LMDB");
    return fail(error_code::internal, "store: " + directory + ": data.mdb is damaged: " + checker.problem());
}

} // namespace berth::store::detail
