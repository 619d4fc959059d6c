/// \file
/// Requests as etcd reads them: what is zero is left out, and what this side does is not asked for.

#include "messages.hpp"

#include <berth/store/etcd/encode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <tuple>
#include <utility>

using namespace berth;
using namespace berth::store;
using namespace berth::store::testing;
using namespace std::string_literals;
using text_txn = txn<std::string>;
using text_put = put_request<std::string>;
using text_compare = compare<std::string>;

namespace {

auto bytes_of(auto const& request) -> std::string {
    auto out = std::string();
    if constexpr (requires { store::detail::encode(out, request); }) store::detail::encode(out, request);
    else store::detail::encode(out, request, text_codec{});
    return out;
}

} // namespace

TEST_CASE("a range asks for its keys, and the rest only if it is not the default", "[store][etcd]") {
    // 0a: field 1, bytes; 12: field 2.
    CHECK(bytes_of(range_request{.key = "a"}) == "\x0a\x01"
                                                 "a");
    CHECK(bytes_of(range_request{.key = std::string(smallest_key), .range_end = std::string(unbounded)}) ==
          "\x0a\x01\0\x12\x01\0"s);
    CHECK(bytes_of(range_request{.key = "a", .revision = -1, .limit = -1}) == "\x0a\x01"
                                                                              "a");
    CHECK(bytes_of(range_request{.key = "a",
                                 .range_end = "b",
                                 .revision = 300,
                                 .limit = 2,
                                 .keys_only = true,
                                 .count_only = true,
                                 .order = sort_order::descend}) ==
          "\x0a\x01"
          "a\x12\x01"
          "b\x18\x02\x20\xac\x02\x28\x02\x40\x01\x48\x01");
    CHECK(bytes_of(range_request{.key = "a", .order = sort_order::ascend}) == "\x0a\x01"
                                                                              "a");
}

TEST_CASE("a range that is sorted here comes whole, and with the values it is sorted by", "[store][etcd]") {
    for (auto const target : {sort_target::version, sort_target::create, sort_target::mod}) {
        auto const r = range_request{.key = "a",
                                     .range_end = "b",
                                     .limit = 2,
                                     .keys_only = true,
                                     .sort_by = target,
                                     .order = sort_order::descend};
        CHECK(store::detail::is_sorted_here(r));
        CHECK(bytes_of(r) == bytes_of(range_request{.key = "a", .range_end = "b", .keys_only = true}));
    }
    CHECK(bytes_of(range_request{.key = "a", .keys_only = true, .sort_by = sort_target::value}) ==
          bytes_of(range_request{.key = "a"}));
}

TEST_CASE("a put does not send a value that is to be kept", "[store][etcd]") {
    CHECK(bytes_of(text_put{.key = "a", .value = "v"}) == "\x0a\x01"
                                                          "a\x12\x01v");
    CHECK(bytes_of(text_put{.key = "a", .value = ""}) == "\x0a\x01"
                                                         "a");
    using number = field::put_request;
    CHECK(bytes_of(text_put{.key = "a",
                            .value = "v",
                            .lease = -3,
                            .want_previous = true,
                            .ignore_value = true,
                            .ignore_lease = true}) == message()
                                                          .text(number::key, "a")
                                                          .number(number::lease, -3)
                                                          .number(number::prev_kv, 1)
                                                          .number(number::ignore_value, 1)
                                                          .number(number::ignore_lease, 1)
                                                          .str());
}

TEST_CASE("a comparison sends its operand even if it is zero", "[store][etcd]") {
    // Left out it would be no operand at all, and the comparison another one.
    using number = field::compare;
    CHECK(bytes_of(text_compare{.key = "a", .target = compare_target::version}) == "\x1a\x01"
                                                                                   "a\x20\0"s);
    for (auto const& [target, code, operand] :
         {std::tuple{compare_target::create, 1, number::create_revision},
          std::tuple{compare_target::mod, 2, number::mod_revision},
          std::tuple{compare_target::lease, 4, number::lease}}) {
        CHECK(bytes_of(text_compare{.key = "a", .target = target}) ==
              message().number(number::target, code).text(number::key, "a").number(operand, 0).str());
    }
    CHECK(bytes_of(text_compare{.key = "a", .range_end = "b", .target = compare_target::value}) ==
          message()
              .number(number::target, 3)
              .text(number::key, "a")
              .text(number::value, "")
              .text(number::range_end, "b")
              .str());
    CHECK(bytes_of(text_compare{
              .key = "a", .target = compare_target::value, .is = comparison::not_equal, .value = "v"}) ==
          message()
              .number(number::result, 3)
              .number(number::target, 3)
              .text(number::key, "a")
              .text(number::value, "v")
              .str());
    CHECK(store::detail::number_of(comparison::greater) == 1);
    CHECK(store::detail::number_of(comparison::less) == 2);
}

TEST_CASE("transactions nest, and empty branches are left out", "[store][etcd]") {
    CHECK(bytes_of(text_txn{}).empty());
    using number = field::txn_request;
    auto const read = range_request{.key = "a"};
    auto const put = text_put{.key = "a", .value = "v"};
    auto const erase = erase_request{.key = "a", .range_end = "b", .want_previous = true};
    auto const condition = text_compare{.key = "a", .number = 7};
    auto const inner = text_txn{.otherwise = {read}};
    auto const step = [](unsigned kind, std::string const& bytes) { return message().text(kind, bytes); };
    CHECK(bytes_of(text_txn{.when = {condition}, .then = {put, erase, inner}}) ==
          message()
              .text(number::compare, bytes_of(condition))
              .inside(number::success, step(field::operation::put, bytes_of(put)))
              .inside(number::success, step(field::operation::delete_range, bytes_of(erase)))
              .inside(number::success, step(field::operation::txn, bytes_of(inner)))
              .str());
    CHECK(bytes_of(inner) ==
          message().inside(number::failure, step(field::operation::range, bytes_of(read))).str());
}

TEST_CASE("a watch asks for fragments, and for what was there before if that is wanted", "[store][etcd]") {
    using number = field::watch_create_request;
    CHECK(store::detail::encode_watch({"a", "b"}, 5, true, true) ==
          message()
              .inside(1, message()
                             .text(number::key, "a")
                             .text(number::range_end, "b")
                             .number(number::start_revision, 5)
                             .number(number::progress_notify, 1)
                             .number(number::prev_kv, 1)
                             .number(number::fragment, 1))
              .str());
    CHECK(store::detail::encode_watch({"a", {}}, 0, false, false) == "\x0a\x05\x0a\x01"
                                                                     "a\x40\x01");
}
