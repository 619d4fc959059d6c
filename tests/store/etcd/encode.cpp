/// \file
/// Requests as etcd's gateway reads them: what is zero is left out, and what this side does is not asked for.

#include <berth/store/etcd/encode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <limits>
#include <string>
#include <utility>

using namespace berth;
using namespace berth::store;
using text_txn = txn<std::string>;
using text_put = put_request<std::string>;
using text_compare = compare<std::string>;

namespace {

auto json_of(auto const& request) -> std::string {
    auto out = std::string();
    if constexpr (requires { store::detail::encode(out, request); }) store::detail::encode(out, request);
    else store::detail::encode(out, request, text_codec{});
    return out;
}

} // namespace

TEST_CASE("a range asks for its keys, and the rest only if it is not the default", "[store][etcd]") {
    CHECK(json_of(range_request{.key = "a"}) == R"({"key":"YQ=="})");
    CHECK(json_of(range_request{.key = std::string(smallest_key), .range_end = std::string(unbounded)}) ==
          R"({"key":"AA==","range_end":"AA=="})");
    CHECK(json_of(range_request{.key = "a", .revision = -1, .limit = -1}) == R"({"key":"YQ=="})");
    CHECK(json_of(range_request{.key = "a",
                                .range_end = "b",
                                .revision = std::numeric_limits<revision_number>::max(),
                                .limit = 2,
                                .keys_only = true,
                                .count_only = true,
                                .order = sort_order::descend}) ==
          R"({"key":"YQ==","range_end":"Yg==","revision":"9223372036854775807","limit":"2",)"
          R"("sort_order":"DESCEND","keys_only":true,"count_only":true})");
    CHECK(json_of(range_request{.key = "a", .order = sort_order::ascend}) == R"({"key":"YQ=="})");
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
        CHECK(json_of(r) == R"({"key":"YQ==","range_end":"Yg==","keys_only":true})");
    }
    CHECK(json_of(range_request{.key = "a", .keys_only = true, .sort_by = sort_target::value}) ==
          R"({"key":"YQ=="})");
}

TEST_CASE("a put does not send a value that is to be kept", "[store][etcd]") {
    CHECK(json_of(text_put{.key = "a", .value = "v"}) == R"({"key":"YQ==","value":"dg=="})");
    CHECK(json_of(text_put{.key = "a", .value = ""}) == R"({"key":"YQ=="})");
    CHECK(json_of(text_put{.key = "a",
                           .value = "v",
                           .lease = -3,
                           .want_previous = true,
                           .ignore_value = true,
                           .ignore_lease = true}) ==
          R"({"key":"YQ==","lease":"-3","prev_kv":true,"ignore_value":true,"ignore_lease":true})");
}

TEST_CASE("a comparison sends its operand even if it is zero", "[store][etcd]") {
    // Left out it would be no operand at all, and the comparison another one.
    for (auto const& [target, words] : {std::pair{compare_target::version, R"("VERSION","version")"},
                                        std::pair{compare_target::create, R"("CREATE","create_revision")"},
                                        std::pair{compare_target::mod, R"("MOD","mod_revision")"},
                                        std::pair{compare_target::lease, R"("LEASE","lease")"}}) {
        auto const text = json_of(text_compare{.key = "a", .target = target});
        auto const comma = std::string(words).find(',');
        CHECK(text == R"({"key":"YQ==","target":)" + std::string(words).substr(0, comma) +
                          R"(,"result":"EQUAL",)" + std::string(words).substr(comma + 1) + R"(:"0"})");
    }
    CHECK(json_of(text_compare{.key = "a", .range_end = "b", .target = compare_target::value}) ==
          R"({"key":"YQ==","range_end":"Yg==","target":"VALUE","result":"EQUAL","value":""})");
    CHECK(json_of(text_compare{
              .key = "a", .target = compare_target::value, .is = comparison::not_equal, .value = "v"}) ==
          R"({"key":"YQ==","target":"VALUE","result":"NOT_EQUAL","value":"dg=="})");
    CHECK(store::detail::name_of(comparison::greater) == "GREATER");
    CHECK(store::detail::name_of(comparison::less) == "LESS");
}

TEST_CASE("transactions nest, and empty branches are left out", "[store][etcd]") {
    CHECK(json_of(text_txn{}) == "{}");
    auto const inner = text_txn{.otherwise = {range_request{.key = "a"}}};
    auto const outer =
        text_txn{.when = {text_compare{.key = "a", .number = 7}},
                 .then = {text_put{.key = "a", .value = "v"},
                          erase_request{.key = "a", .range_end = "b", .want_previous = true}, inner}};
    CHECK(json_of(outer) ==
          R"({"compare":[{"key":"YQ==","target":"MOD","result":"EQUAL","mod_revision":"7"}],)"
          R"("success":[{"request_put":{"key":"YQ==","value":"dg=="}},)"
          R"({"request_delete_range":{"key":"YQ==","range_end":"Yg==","prev_kv":true}},)"
          R"({"request_txn":{"failure":[{"request_range":{"key":"YQ=="}}]}}]})");
}

TEST_CASE("a watch always asks for what was there before", "[store][etcd]") {
    CHECK(store::detail::encode_watch({"a", "b"}, 5, true) ==
          R"({"create_request":{"key":"YQ==","range_end":"Yg==","start_revision":"5",)"
          R"("prev_kv":true,"progress_notify":true}})");
    CHECK(store::detail::encode_watch({"a", {}}, 0, false) ==
          R"({"create_request":{"key":"YQ==","prev_kv":true}})");
}
