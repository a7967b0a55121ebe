//! The order in a request's body, read into the request's space, and the reply.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::space::Space;

/// An order as the client sent it.
#[derive(Debug)]
pub(super) struct Order<S, L> {
    /// What is ordered.
    pub items: L,
    /// A note for the driver.
    pub note: S,
    /// Whether it is urgent.
    pub express: bool,
}

/// A line of an order.
#[derive(Debug, Serialize)]
pub(super) struct Item<S> {
    /// Article.
    pub sku: S,
    /// How many.
    pub quantity: u64,
}

/// What the handler answers.
#[derive(Debug, Serialize)]
pub(super) struct Reply<'r, S> {
    /// Trace of the request.
    pub trace: &'r str,
    /// Who ordered.
    pub user: &'r str,
    /// For whom.
    pub tenant: &'r str,
    /// Language of the texts.
    pub locale: &'r str,
    /// The path's segments.
    pub resource: &'r [S],
    /// The parameters of the query.
    pub parameters: &'r [(S, S)],
    /// What was ordered.
    pub items: &'r [Item<S>],
    /// Note for the driver.
    pub note: &'r str,
    /// Whether it is urgent.
    pub express: bool,
    /// Cookies that the client brought along.
    pub visits: u64,
    /// Pieces in all.
    pub pieces: u64,
    /// Milliseconds until it is too late.
    pub deadline_ms: u64,
}

/// Order of a space.
pub(super) type OrderIn<'a, Sp> =
    Order<<Sp as Space<'a>>::Str, <Sp as Space<'a>>::List<Item<<Sp as Space<'a>>::Str>>>;

/// Reads an order; strings and the list go into `space`.
///
/// # Errors
///
/// If the body is no such order.
pub(super) fn order<'a, Sp: Space<'a>>(
    body: &[u8],
    space: &Sp,
) -> serde_json::Result<OrderIn<'a, Sp>> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let order = OrderSeed(space, PhantomData).deserialize(&mut json)?;
    json.end()?;
    Ok(order)
}

struct OrderSeed<'s, 'a, Sp>(&'s Sp, PhantomData<&'a ()>);
struct ItemsSeed<'s, 'a, Sp>(&'s Sp, PhantomData<&'a ()>);
struct ItemSeed<'s, 'a, Sp>(&'s Sp, PhantomData<&'a ()>);
struct StrSeed<'s, 'a, Sp>(&'s Sp, PhantomData<&'a ()>);

macro_rules! seed {
    ($seed:ident, $value:ty, $deserialize:ident) => {
        impl<'de, 'a, Sp: Space<'a>> DeserializeSeed<'de> for $seed<'_, 'a, Sp> {
            type Value = $value;

            fn deserialize<D: de::Deserializer<'de>>(self, json: D) -> Result<$value, D::Error> {
                json.$deserialize(self)
            }
        }
    };
}

seed!(OrderSeed, OrderIn<'a, Sp>, deserialize_map);
seed!(ItemsSeed, Sp::List<Item<Sp::Str>>, deserialize_seq);
seed!(ItemSeed, Item<Sp::Str>, deserialize_map);
seed!(StrSeed, Sp::Str, deserialize_str);

impl<'de, 'a, Sp: Space<'a>> Visitor<'de> for OrderSeed<'_, 'a, Sp> {
    type Value = OrderIn<'a, Sp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an order")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let (mut items, mut note, mut express) = (None, None, false);
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "items" => items = Some(map.next_value_seed(ItemsSeed(self.0, PhantomData))?),
                "note" => note = Some(map.next_value_seed(StrSeed(self.0, PhantomData))?),
                "express" => express = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let items = items.ok_or_else(|| de::Error::missing_field("items"))?;
        Ok(Order { items, note: note.unwrap_or_else(|| self.0.str("")), express })
    }
}

impl<'de, 'a, Sp: Space<'a>> Visitor<'de> for ItemsSeed<'_, 'a, Sp> {
    type Value = Sp::List<Item<Sp::Str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut failed = None;
        let list = self.0.list(std::iter::from_fn(|| {
            items.next_element_seed(ItemSeed(self.0, PhantomData)).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        }));
        failed.map_or(Ok(list), Err)
    }
}

impl<'de, 'a, Sp: Space<'a>> Visitor<'de> for ItemSeed<'_, 'a, Sp> {
    type Value = Item<Sp::Str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let (mut sku, mut quantity) = (None, 1);
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "sku" => sku = Some(map.next_value_seed(StrSeed(self.0, PhantomData))?),
                "quantity" => quantity = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Item { sku: sku.ok_or_else(|| de::Error::missing_field("sku"))?, quantity })
    }
}

impl<'de, 'a, Sp: Space<'a>> Visitor<'de> for StrSeed<'_, 'a, Sp> {
    type Value = Sp::Str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Sp::Str, E> {
        Ok(self.0.str(text))
    }
}
