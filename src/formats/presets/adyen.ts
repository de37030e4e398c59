import type { Preset } from '../preset.ts'

/** Adyen standard notification. Source: @adyen/api-library, notification payloads. */
export const adyen: Preset = {
  id: 'adyen',
  title: 'Adyen standard notification',
  kind: 'payment',
  detect: {
    all: ['NotificationRequestItem'],
    any: [],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: [
      'NotificationRequestItem.additionalData.recurring.shopperReference',
      'NotificationRequestItem.additionalData.tokenization.shopperReference',
    ],
    ip: ['NotificationRequestItem.additionalData.shopperIP'],
    card_fingerprint: [
      'NotificationRequestItem.additionalData.PaymentAccountReference',
      'NotificationRequestItem.additionalData.alias',
    ],
    card_bin: ['NotificationRequestItem.additionalData.cardBin', 'NotificationRequestItem.additionalData.issuerBin'],
    card_expiry: ['NotificationRequestItem.additionalData.expiryDate'],
    payer_email: ['NotificationRequestItem.additionalData.shopperEmail'],
    billing_address_hash: ['NotificationRequestItem.additionalData.billingAddress.street'],
    billing_postal_code: ['NotificationRequestItem.additionalData.billingAddress.postalCode'],
    country: ['NotificationRequestItem.additionalData.billingAddress.country'],
    card_country: ['NotificationRequestItem.additionalData.cardIssuingCountry'],
    billing_name_hash: ['NotificationRequestItem.additionalData.cardHolderName'],
    card_last4: ['NotificationRequestItem.additionalData.cardSummary'],
    card_funding: ['NotificationRequestItem.additionalData.fundingSource'],
    payment_outcome: ['NotificationRequestItem.success'],
    payment_amount: ['NotificationRequestItem.amount.value'],
    paid_at: ['NotificationRequestItem.eventDate'],
  },
}
