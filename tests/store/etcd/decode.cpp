/// \file
/// What the decoders make of etcd's answers: good, bad, and mangled ones.

#include "../../fuzz/corpus.hpp"
#include "../../fuzz/etcd_response.hpp"
#include "messages.hpp"

#include <berth/core/net/endpoint.hpp>
#include <berth/core/random.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/event_log.hpp>
#include <berth/store/etcd/event_source.hpp>
#include <berth/store/etcd/watch_message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::detail;
using store::testing::header;
using store::testing::message;
using store::testing::pair;
using store::testing::put_event;

namespace {

template <class T> auto complaint(result<T> const& r) -> std::string {
    return r ? std::string{"none"} : r.error().message;
}

} // namespace

TEST_CASE("no answer of etcd, however mangled, crashes a decoder", "[store][etcd]") {
    auto const texts = tests::corpus("etcd_response");
    REQUIRE(texts.size() > 20);
    auto draw = berth::random_engine{1};
    for (auto const& text : texts) {
        fuzz::decode_everything(text);
        for (auto i = 0; i < 200; ++i) {
            auto mangled = text;
            for (auto n = 1 + draw.below(3); n > 0 && !mangled.empty(); --n) {
                auto const at = draw.below(mangled.size());
                auto const& other = texts[draw.below(texts.size())];
                switch (draw.below(4)) {
                case 0: mangled.erase(at, 1 + draw.below(8)); break;
                case 1: mangled[at] = static_cast<char>(static_cast<unsigned char>(draw.below(256))); break;
                case 2: mangled.resize(at); break;
                default: mangled.insert(at, other.substr(other.size() / 2, draw.below(30)));
                }
            }
            fuzz::decode_everything(mangled);
        }
    }
    SUCCEED();
}

TEST_CASE("a malformed answer is told with its place", "[store][etcd]") {
    using number = field::range_response;
    CHECK(complaint(decode_range("")) == "none");
    CHECK(complaint(decode_range("\x08")) == "etcd's answer to a range is malformed: a field is cut off");
    CHECK(complaint(decode_range(message().text(number::count, "5").str())).ends_with("count is no number"));
    CHECK(complaint(decode_range(message().text(number::more, "5").str())).ends_with("more is no number"));
    CHECK(complaint(decode_range(message().number(number::kvs, 1).str())).ends_with("kvs is no bytes"));
    CHECK(complaint(decode_range(message().text(number::kvs, "\x0a").str())).ends_with("a field is cut off"));
    auto const bad_pair = message().number(field::key_value::key, 1);
    CHECK(
        complaint(decode_range(message().inside(number::kvs, bad_pair).str())).ends_with("key is no bytes"));
    CHECK(decode_range("x").error().code == error_code::internal);
    CHECK(decode_range(header(7).number(number::count, 5).str())->revision == 7);
    auto const t = fuzz::sample_txn();
    auto const complaint_of = [&](message const& m) {
        return complaint(decode_txn(m.str(), t, store::text_codec{}));
    };
    auto const done = [] { return message().number(field::txn_response::succeeded, 1); };
    CHECK(complaint_of(done()).ends_with("responses is shorter than what was asked"));
    auto wrong = done();
    for (auto i = 0; i < 4; ++i) wrong.inside(field::txn_response::responses, message());
    CHECK(complaint_of(wrong).ends_with("response_put is missing"));
    wrong.inside(field::txn_response::responses, message());
    CHECK(complaint_of(wrong).ends_with("responses is longer than what was asked"));
    CHECK(complaint(decode_token("")).ends_with("token is missing"));
    CHECK(complaint(decode_token(message().text(2, "a\nb").str())).ends_with("token is no header"));
    CHECK(decode_version(message().text(2, "3.4.23").str()) == std::string("3.4.23"));
}

TEST_CASE("whether a branch was taken is known wherever it is said", "[store][etcd]") {
    auto const asked = store::txn<std::string>{.when = {}, .then = {store::erase_request{.key = "a"}}};
    using number = field::txn_response;
    auto const gone = message().inside(field::operation::delete_range,
                                       message().number(field::delete_range_response::deleted, 1));
    for (auto const& m : {header(5).number(number::succeeded, 1).inside(number::responses, gone),
                          message().inside(number::responses, gone).number(number::succeeded, 1)}) {
        auto const done = decode_txn(m.str(), asked, store::text_codec{}).value();
        CHECK(done.changed);
        CHECK(done.reply.succeeded);
        CHECK(done.reply.replies.at(0).erase().deleted == 1);
    }
}

TEST_CASE("the revision of a nested transaction is the store's at its end", "[store][etcd]") {
    using put = store::put_request<std::string>;
    using txn = store::txn<std::string>;
    auto const nothing = txn{.when = {}, .then = {}, .otherwise = {}};
    auto const asked = txn{.when = {}, .then = {nothing, put{.key = "a"}, nothing}, .otherwise = {}};
    auto const step = [](unsigned kind, message const& m) { return message().inside(kind, m); };
    using number = field::txn_response;
    auto const text = header(5)
                          .number(number::succeeded, 1)
                          .inside(number::responses, step(field::operation::txn, message()))
                          .inside(number::responses, step(field::operation::put, header(5)))
                          .inside(number::responses, step(field::operation::txn, message()));
    auto const done = decode_txn(text.str(), asked, store::text_codec{}).value();
    CHECK(done.changed);
    CHECK(done.reply.revision == 5);
    CHECK(done.reply.replies[0].nested().revision == 4);
    CHECK(done.reply.replies[2].nested().revision == 5);
}

TEST_CASE("refusals mean what store/errors.hpp says", "[store][etcd]") {
    auto const of = [](int code, std::string_view words) { return meaning_of(code, words); };
    auto const expected = std::vector<std::pair<error, refusal>>{
        {store::errors::compacted().error(),
         of(11, "etcdserver: mvcc: required revision has been compacted")},
        {store::errors::future_revision().error(),
         of(11, "etcdserver: mvcc: required revision is a future revision")},
        {store::errors::empty_key().error(), of(3, "etcdserver: key is not provided")},
        {store::errors::key_not_found().error(), of(3, "etcdserver: key not found")},
        {store::errors::lease_not_found().error(), of(5, "etcdserver: requested lease not found")},
        {store::errors::lease_exists().error(), of(9, "etcdserver: lease already exists")},
        {store::errors::ttl_too_large().error(), of(11, "etcdserver: too large lease TTL")},
        {store::errors::too_many_operations().error(),
         of(3, "etcdserver: too many operations in txn request")},
        {store::errors::duplicate_key().error(), of(3, "etcdserver: duplicate key given in txn request")},
    };
    for (auto const& [wanted, got] : expected) {
        CHECK(got.why == wanted);
        CHECK(got.then == remedy::none);
    }
    CHECK(of(14, "etcdserver: no leader").then == remedy::elsewhere);
    for (auto const* lost : {"etcdserver: request timed out", "etcdserver: leader changed",
                             "etcdserver: request timed out, possibly due to previous leader failure"}) {
        CHECK(of(14, lost).then == remedy::unknown);
        CHECK(of(14, lost).why.code == error_code::timeout);
    }
    CHECK(of(16, "etcdserver: invalid auth token").then == remedy::authenticate);
    CHECK(of(8, "etcdserver: mvcc: database space exceeded").why.code == error_code::unavailable);
}

TEST_CASE("an event whose value cannot be decoded is told of to those who want it", "[store][etcd]") {
    using number = field::watch_response;
    auto const text = header(6)
                          .inside(number::events, put_event(pair("a", "bad", 5, 5)))
                          .inside(number::events, put_event(pair("b", "ok", 6, 6)));
    auto told = decode_watch<std::string>(text.str(), fuzz::wary_codec{}).value();
    REQUIRE(told.events.size() == 2);
    auto watched = store::range_signal();
    auto log = event_log<std::string>{10, watched};
    log.restart(4).notify();
    log.append(std::move(told.events), 6).notify();
    CHECK(log.pull(4, {.key = "b"}, 10)->events.size() == 1);
    auto const refused = log.pull(4, {.key = "a"}, 10);
    REQUIRE(!refused);
    CHECK(refused.error().message == "cannot decode a");
}

TEST_CASE("progress notifications are trusted from the versions on that mend them", "[store][etcd]") {
    for (auto const* old : {"3.4.23", "3.4.24", "3.5.0", "3.5.7", "3.3.27", "", "x"})
        CHECK(!trusts_progress(old));
    for (auto const* good : {"3.4.25", "3.5.8", "3.5.30", "3.6.0", "3.6.0-rc.1", "4.0.0"})
        CHECK(trusts_progress(good));
}
